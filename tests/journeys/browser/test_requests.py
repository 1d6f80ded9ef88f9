"""Forms of requests in a browser: lines more and less while one writes, and axe on each of their pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
from tests.journeys.browser.steps import sign_in

pytestmark = pytest.mark.browser
RECEIPT = {"fr": "Votre reçu daté", "en": "Your dated receipt"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", locale="fr-FR")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def signed_in(page: Page, demo: Demo, language: str) -> None:
    member = demo.accounts["member"]
    number, password = member["adherent_number"], member["password"]
    sign_in(page, demo, language=language, number=number, password=password)
    page.wait_for_url(f"{demo.url}/{language}/")


def a_draft(page: Page, demo: Demo, kind: str, language: str) -> str:
    """A new draft, whatever was begun before; where it is."""
    page.goto(f"{demo.url}/{language}/requests/new/{kind}")
    page.locator("main form").last.locator("button").click()
    page.wait_for_url("**/pages/*")
    return page.url.partition("/pages/")[0]


def test_a_line_more_or_less_leaves_what_is_written(demo: Demo, page: Page) -> None:
    signed_in(page, demo, "fr")
    page.goto(f"{a_draft(page, demo, 'health-claim', 'fr')}/pages/lines")
    page.fill("[name='lines.0.act']", "Premier soin")
    page.locator("[value='add:lines']").click()
    second = page.locator("[name='lines.1.act']")
    second.fill("Second soin")
    expect(page.locator("[name='lines.0.act']")).to_have_value("Premier soin")
    page.locator("[value='remove:lines:0']").click()
    expect(second).to_have_count(0)
    expect(page.locator("[name='lines.0.act']")).to_have_value("Second soin")
    page.reload()
    expect(page.locator("[name='lines.0.act']")).to_have_value("Second soin")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_the_pages_of_a_request(demo: Demo, page: Page, language: str) -> None:
    signed_in(page, demo, language)
    found = {}
    claim = a_draft(page, demo, "health-claim", language)
    for path in ("pages/care", "pages/lines?check=1", "pages/papers?check=1", "check"):
        page.goto(f"{claim}/{path}")
        found[path] = faults(page)
    other = a_draft(page, demo, "certificate", language)
    for path in ("pages/request?check=1", "pages/request?papers"):
        page.goto(f"{other}/{path}")
        found[f"other {path}"] = faults(page)
    for title in ("Escuela Montessori", "Monture et verres", "Kinésithérapie"):
        page.goto(f"{demo.url}/{language}/requests")
        page.locator("main a", has_text=title).first.click()
        page.locator("#timeline").wait_for()
        found[f"follow {title}"] = faults(page)
    page.get_by_role("link", name=RECEIPT[language]).click()
    page.wait_for_url("**/receipt")
    found["receipt"] = faults(page)
    assert not {path: faults for path, faults in found.items() if faults}
