"""Without network: the numbers of any country, and the card that its reader kept."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
from tests.journeys.browser.steps import sign_in

pytestmark = pytest.mark.browser


def installed(page: Page, demo: Demo, path: str) -> None:
    """Open a page that installs the worker, and wait until all it keeps has come."""
    page.goto(f"{demo.url}/{path}")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")


def inside(page: Page, demo: Demo) -> None:
    member = demo.accounts["member"]
    number, password = member["adherent_number"], member["password"]
    sign_in(page, demo, language="en", number=number, password=password)
    page.wait_for_url(f"{demo.url}/en/")


def everything_kept(page: Page) -> list[str]:
    return page.evaluate(  # type: ignore[no-any-return]
        """async () => (await Promise.all((await caches.keys()).map(
            async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)
        ))).flat().sort()"""
    )


@pytest.mark.parametrize(
    ("language", "typed", "name"), [("fr", "perou", "Pérou"), ("en", "perú", "Peru")]
)
def test_the_numbers_of_any_country_without_network(  # W36
    demo: Demo, page: Page, context: BrowserContext, language: str, typed: str, name: str
) -> None:
    installed(page, demo, f"{language}/emergency?country=KE")
    expect(page.locator("[data-ready]")).to_be_visible()
    context.set_offline(True)
    page.goto(f"{demo.url}/{language}/emergency")
    rows = page.locator("[data-country]:visible")
    expect(rows).to_have_attribute("data-country", "KE")  # the last country of this device
    assert faults(page) == []
    page.locator("#q").fill(typed)
    expect(rows).to_have_count(1)
    expect(rows.locator("a").first).to_have_text(name)
    calls = page.locator("a[href^='tel:']:visible")
    numbers = [link.get_attribute("href") for link in calls.all()]
    assert numbers[0] == "tel:+12025550147"
    assert {"tel:106", "tel:105", "tel:116"} <= set(numbers)
    expect(page.locator("[data-spoken]:visible")).to_have_attribute("data-spoken", re.compile("PE"))
    page.locator("#q").fill("xyzzy")
    expect(page.locator("[data-none]")).to_be_visible()
    assert faults(page) == []
    page.locator("#q").fill("")
    expect(rows).to_have_count(252)
    page.locator("[data-country=JP] a").first.click()
    expect(rows).to_have_attribute("data-country", "JP")
    assert page.locator("main").evaluate("e => getComputedStyle(e).paddingTop") != "0px", "no style"
    page.locator("header a[hreflang]").click()
    other = {"fr": "en", "en": "fr"}[language]
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(rows).to_have_attribute("data-country", "JP")


def test_nothing_personal_is_kept_unless_it_is_asked(demo: Demo, page: Page) -> None:
    inside(page, demo)
    for path in ("", "reimbursements", "card", "emergency"):
        page.goto(f"{demo.url}/en/{path}")
    page.locator("main").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.goto(f"{demo.url}/en/card")
    page.locator("main a[href*='/card/']").first.click()
    page.locator("[data-keep]").wait_for()
    assert everything_kept(page) == [
        "/en/emergency/offline",
        "/fr/emergency/offline",
        "/static/ui/havre.css",
        "/static/ui/offline.js",
    ]


def test_a_kept_card_opens_without_network_and_goes_at_sign_out(
    demo: Demo, page: Page, context: BrowserContext
) -> None:
    inside(page, demo)
    page.goto(f"{demo.url}/en/card")
    page.locator("main a[href*='/card/']").first.click()
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.locator("[data-keep]").click()
    expect(page.locator("[data-when=kept]").first).to_be_visible()
    assert faults(page) == []
    context.set_offline(True)
    for path in ("card", "emergency"):
        page.goto(f"{demo.url}/en/{path}")
        if path == "emergency":
            page.locator("[data-cards] a").click()
        expect(page.locator("main")).to_contain_text(demo.accounts["member"]["adherent_number"])
        expect(page.locator("main")).to_contain_text("Card of")
        assert faults(page) == []
    context.set_offline(False)
    page.goto(f"{demo.url}/en/")
    page.locator("header button.out").click()
    page.wait_for_url("**/sign-in?signed-out")
    page.wait_for_function("caches.has('havre-cards').then((kept) => !kept)")
    assert not [path for path in everything_kept(page) if "card" in path]
    context.set_offline(True)
    with pytest.raises(Exception, match=r"ERR_FAILED|ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{demo.url}/en/card")


def test_a_card_can_be_removed_from_where_it_is_read(
    demo: Demo, page: Page, context: BrowserContext
) -> None:
    inside(page, demo)
    page.goto(f"{demo.url}/en/card")
    page.locator("main a[href*='/card/']").first.click()
    page.locator("[data-keep]").click()
    page.get_by_role("link", name="Open the card that is kept").click()
    page.locator("[data-forget]").click()
    expect(page.get_by_text("no longer kept")).to_be_visible()
    assert not [path for path in everything_kept(page) if "card" in path]
