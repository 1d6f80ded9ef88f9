"""The desk in a browser: two steps in, axe on every page, keys that help and can be turned off."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults

pytestmark = pytest.mark.browser
_READY_WITHIN_SECONDS = 60
BEFORE = (
    "sign-in",
    "sign-in?signed-out",
    "invitation/01a20393-54b7-73c8-bccd-9f13e0a956da",
    "none",
)
PAGES = ("", "roles", "staff", "staff/invite", "confirm", "profile", "profile/sessions")
PAGES += ("profile/password", "profile/second-factors", "profile/second-factors/codes")
PAGES += ("profile/second-factors/passkey", "no-such-page")


@pytest.fixture
def desk(demo: Demo, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A wide window, and where the desk answers."""
    url = answering_desk(demo)
    context = browser.new_context(reduced_motion="reduce", locale="fr-FR")
    context.set_default_timeout(15_000)
    yield context.new_page(), url
    context.close()


def answering_desk(demo: Demo) -> str:
    """Where the desk is, once it answers."""
    url: str = demo.accounts["desk_url"].removesuffix("/desk/")
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and not _answers(url):
        time.sleep(0.2)
    return url


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/desk/sign-in") as answer:  # noqa: S310  # ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


_typed: dict[str, int] = {}


def sign_in(page: Page, url: str, demo: Demo, role: str) -> None:
    who = next(one for one in demo.accounts["staff"] if one["role"] == role)
    page.goto(f"{url}/desk/")
    page.fill("[name=email]", who["email"])
    page.fill("[name=password]", who["password"])
    page.click("main button.go")
    page.fill("[name=code]", fresh_code(who["secret"]))
    page.click("main button.go")
    page.wait_for_url(f"{url}/desk/")


def fresh_code(secret: str) -> str:
    """A code that was not typed yet: one that was is refused until the next interval."""
    while (step := int(time.time()) // 30) <= _typed.get(secret, 0):
        time.sleep(1)
    _typed[secret] = step
    return str(pyotp.TOTP(secret).at(step * 30))


def test_axe_finds_nothing_at_the_desk(demo: Demo, desk: tuple[Page, str]) -> None:
    page, url = desk
    found = {}
    for path in BEFORE:
        page.goto(f"{url}/desk/{path}")
        found.update({f"before {path}: {one}": one for one in faults(page)})
    sign_in(page, url, demo, "ADMINISTRATOR")
    for language in ("fr", "en"):
        page.goto(f"{url}/desk/profile")
        page.click(f"button[lang={language}]")
        for path in PAGES:
            page.goto(f"{url}/desk/{path}")
            found.update({f"{language} {path}: {one}": one for one in faults(page)})
    assert found == {}


def test_what_the_desk_does_for_a_member_is_looked_at_with_axe(
    demo: Demo, desk: tuple[Page, str]
) -> None:
    page, url = desk
    sign_in(page, url, demo, "SUPERVISOR")
    page.goto(f"{url}/desk/members")
    page.fill("main input[name=q]", demo.accounts["member"]["adherent_number"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/desk/members/*")
    member = page.url.partition("?")[0]
    found = {}
    page.keyboard.press("m")
    page.wait_for_url(f"{member}/requests/new")
    found["choose"] = faults(page)
    page.goto(f"{member}/requests/new/other")
    page.check("[name=channel][value=PHONE]")
    page.click("main form[method=post] button.go")
    page.wait_for_url("**/pages/request")
    page.click("main button.go[value=next]")
    page.locator("[data-errors]").wait_for()
    found["written with errors"] = faults(page)
    page.goto(f"{member}/departure")
    page.select_option("#kind", "DEATH")
    page.fill("#day", "2026-11-02")
    page.click("main button[value=look]")
    page.locator("main button[value=record]").wait_for()
    found["departure"] = faults(page)
    assert not {path: faults for path, faults in found.items() if faults}


def test_keys_help_and_can_be_turned_off(demo: Demo, desk: tuple[Page, str]) -> None:
    page, url = desk
    sign_in(page, url, demo, "AGENT")
    dialog = page.locator("dialog[data-keys]")
    page.keyboard.press("?")
    assert dialog.is_visible()
    page.click("[data-keys-off]")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not dialog.is_visible()
    page.click("[data-keys-open]")
    assert page.locator("[data-keys-off]").get_attribute("aria-pressed") == "true"
