"""Two browsers of one member stay in step; what is typed survives a lost network and another device."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.steps import sign_in

pytestmark = pytest.mark.browser
SECONDS = 2.0  # one, on a machine that does nothing else


@pytest.fixture
def two(browser: Browser, demo: Demo) -> Iterator[tuple[BrowserContext, Page, Page]]:
    """The same conversation in two browsers; the first one's context, to cut its network."""
    first = browser.new_context(viewport={"width": 360, "height": 740})
    page = first.new_page()
    member = demo.accounts["member"]
    sign_in(
        page, demo, language="fr", number=member["adherent_number"], password=member["password"]
    )
    page.wait_for_url(f"{demo.url}/fr/")
    page.goto(f"{demo.url}/fr/messages")
    page.locator("#conversations a").first.click()
    page.wait_for_url("**/messages/*-*")
    second = browser.new_context(storage_state=first.storage_state())
    other = second.new_page()
    other.goto(page.url)
    for context in (first, second):
        context.set_default_timeout(15_000)
    time.sleep(1)  # both wait for news by now
    yield first, page, other
    first.close()
    second.close()


def say(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.get_by_role("button", name="Envoyer le message").click()


def test_what_one_writes_is_in_the_other_at_once(two: tuple[BrowserContext, Page, Page]) -> None:
    _context, page, other = two
    said = f"À l’instant {time.time()}"
    began = time.monotonic()
    say(page, said)
    other.get_by_text(said).wait_for()
    assert time.monotonic() - began < SECONDS
    page.get_by_text(said).wait_for()
    assert page.get_by_text(said).count() == 1
    assert page.locator("textarea").input_value() == ""


def test_nothing_is_lost_without_network(two: tuple[BrowserContext, Page, Page]) -> None:
    context, page, other = two
    said = f"Hors réseau {time.time()}"
    context.set_offline(True)
    say(page, said)
    page.locator("[data-unsent]:not([hidden])").wait_for()
    assert page.locator("textarea").input_value() == said
    context.set_offline(False)
    other.get_by_text(said).wait_for()
    assert other.get_by_text(said).count() == 1


def test_what_is_typed_is_on_the_other_device_too(two: tuple[BrowserContext, Page, Page]) -> None:
    _context, page, other = two
    with page.expect_response("**/draft"):
        page.locator("textarea").fill("À finir")
    other.reload()
    assert other.locator("textarea").input_value() == "À finir"
