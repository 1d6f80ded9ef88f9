"""axe finds nothing on any page, in both languages, narrow and wide, light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
from tests.journeys.browser.steps import (
    ask_to_open,
    finish_first_sign_in,
    let_the_proof_lapse,
    sign_in,
    someone_else,
)

pytestmark = pytest.mark.browser

PUBLIC = (
    "sign-in",
    "sign-in?signed-out",
    "sign-in?again",
    "create-account",
    "create-account/received",
    "forgotten-password",
    "forgotten-password/received",
    "forgotten-number",
    "forgotten-number/received",
    "not-me",
    "stop-account",
    "account-closed",
    "mailbox",
    "terms",
    "legal-notice",
    "privacy",
    "safety-advice",
    "accessibility",
    "contact",
    f"check/{'A' * 26}",
    "emergency",
    "emergency/offline",
    "emergency?q=xyzzy",
    "emergency?country=PE",
    "emergency?country=KE",
    "faq",
    "faq?q=remboursement&question=claim",
    "faq?q=xyzzy",
    "faq?thanks=claim",
    "no-such-page",
)
INSIDE = ("", "contracts", "reimbursements", "certificates", "card")
INSIDE += ("who-sees-my-care", "bank-accounts", "bank-accounts?stopped=0")
INSIDE += (
    "reimbursements?period=12-months&group=beneficiary",
    "reimbursements?period=12-months&group=category",
    "reimbursements?least=abc",
    "reimbursements?provider=nobody-of-that-name",
)
INSIDE += ("personal-information", "personal-information/correction", "personal-information/email")
INSIDE += ("profile", "profile/terms", "mails/stop?t=cut")
INSIDE += ("downloads", "downloads?q=xyzzy", "security-information", "contact", "faq", "more")
INSIDE += ("emergency", "emergency?country=")
INSIDE += ("certificates/new/membership", "certificates/new/schengen", "certificates/new/school")
INSIDE += tuple(f"profile/{page}" for page in ("security", "password", "sessions", "not-me"))
INSIDE += ("profile/second-factors", "confirm")
INSIDE += ("requests", "requests/new", "requests/new?q=xyzzy", "requests/new/other")
INSIDE += ("messages", "messages?q=xyzzy", "messages?q=mexico", "messages/new")


@pytest.fixture
def looked_at(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_public_pages(demo: Demo, looked_at: Page, language: str) -> None:
    found = {}
    for path in PUBLIC:
        looked_at.goto(f"{demo.url}/{language}/{path}")
        found[path] = faults(looked_at)
    looked_at.goto(f"{demo.url}/{language}/create-account")
    looked_at.locator("main form button[type=submit]").click()
    looked_at.locator("[data-errors]").wait_for()
    found["create-account with errors"] = faults(looked_at)
    assert not {path: faults for path, faults in found.items() if faults}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_members_pages(demo: Demo, looked_at: Page, language: str) -> None:
    member = demo.accounts["member"]
    sign_in(
        looked_at,
        demo,
        language=language,
        number=member["adherent_number"],
        password=member["password"],
    )
    looked_at.wait_for_url(f"{demo.url}/{language}/")
    found = {}
    for path in INSIDE:
        looked_at.goto(f"{demo.url}/{language}/{path}")
        looked_at.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[path] = faults(looked_at)
    for start in ("contracts", "reimbursements", "card"):
        looked_at.goto(f"{demo.url}/{language}/{start}")
        looked_at.locator(f"main a[href*='/{start}/']").first.click()
        found[f"one of {start}"] = faults(looked_at)
    for start, one in (
        ("messages", "#conversations a"),
        ("requests", "main li a[href*='/requests/']"),
    ):
        looked_at.goto(f"{demo.url}/{language}/{start}")
        looked_at.locator(one).first.click()
        looked_at.locator("form[data-draft]").wait_for()
        found[f"one of {start}"] = faults(looked_at)
    looked_at.goto(f"{demo.url}/{language}/certificates")
    file = looked_at.locator("main a[href$='/file']").first.get_attribute("href")
    for page in ("", "/revoke"):
        looked_at.goto(f"{demo.url}{str(file).removesuffix('/file')}{page}")
        found[f"one of certificates{page}"] = faults(looked_at)
    looked_at.goto(f"{demo.url}/{language}/personal-information")
    for what, country in (("address", "?country=US"), ("country", ""), ("phone", "")):
        way = looked_at.locator(f"main a[href$='/{what}']").first.get_attribute("href")
        looked_at.goto(f"{demo.url}{way}{country}")
        found[what] = faults(looked_at)
        if what == "phone":
            looked_at.locator("#phone").fill("12")
        if what == "country":
            looked_at.locator("#country").select_option("US")
        looked_at.locator("main form[method=post] button[type=submit]").first.click()
        refused = ".note.wait" if what == "country" else "[data-errors]"
        looked_at.locator(refused).first.wait_for()
        found[f"{what} refused"] = faults(looked_at)
        looked_at.goto(f"{demo.url}/{language}/personal-information")
    looked_at.goto(f"{demo.url}/{language}/profile/password")
    let_the_proof_lapse(looked_at, demo)
    looked_at.locator("#password").fill("a new password of mine")
    looked_at.locator("#again").fill("a new password of mine")
    looked_at.locator("main form button[type=submit]").click()
    looked_at.locator("#confirm-password").wait_for()
    found["a form that lapsed"] = faults(looked_at)
    assert not {path: faults for path, faults in found.items() if faults}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_steps_of_a_first_sign_in(demo: Demo, browser: Browser, language: str) -> None:
    """From account opening to home, each step in every look."""
    found: dict[str, list[str]] = {}

    def look(page: Page) -> None:
        found[page.url] = faults(page)

    identity = someone_else(demo, language=language)
    context = browser.new_context()
    context.set_default_timeout(15_000)
    page = context.new_page()
    ask_to_open(page, demo, language=language, identity=identity)
    finish_first_sign_in(page, demo, language=language, identity=identity, at_each_step=look)
    context.close()
    assert not {step: faults for step, faults in found.items() if faults}
