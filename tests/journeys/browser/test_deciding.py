"""An agent at work in a browser: from the queue to the decision and back, by keys alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
from tests.journeys.browser.test_desk import answering_desk, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(demo: Demo, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A wide window at the desk."""
    url = answering_desk(demo)
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="fr-FR"
    )
    context.set_default_timeout(15_000)
    yield context.new_page(), url
    context.close()


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def test_a_request_is_decided_and_undone_without_the_mouse(
    demo: Demo, desk: tuple[Page, str]
) -> None:
    page, url = desk
    sign_in(page, url, demo, "AGENT")
    page.goto(f"{url}/desk/queue?view=case")  # requests, without the messages between them
    press(page, "j j k e")
    assert page.locator('[data-row].at input[type="checkbox"]').is_checked()
    press(page, "n")
    page.wait_for_url(f"{url}/desk/requests/**")
    first = page.locator("h1").inner_text()
    address = page.url.partition("?")[0]
    press(page, "x")
    page.locator("#reason").wait_for()
    page.wait_for_function("document.activeElement.id === 'reason'")
    press(page, "Escape i")
    page.keyboard.type("Relu deux fois")
    press(page, "Escape w")
    page.wait_for_function("document.activeElement.id === 'words'")
    page.keyboard.type("Voici notre réponse.")
    press(page, "Escape v")
    page.wait_for_url(lambda at: address not in at)
    assert "validée" in page.locator("[data-undo]").inner_text()
    press(page, "u")
    page.wait_for_url(f"{address}**")
    assert page.locator("h1").inner_text() == first
    press(page, "?")
    assert "Valider" in page.locator("dialog[data-keys]").inner_text()


def test_axe_finds_nothing_in_the_queue_nor_beside_a_request(
    demo: Demo, desk: tuple[Page, str]
) -> None:
    page, url = desk
    sign_in(page, url, demo, "AGENT")
    found = {}
    for path in ("queue", "queue?view=mine", "queue?view=snoozed&country=XX"):
        page.goto(f"{url}/desk/{path}")
        found.update({f"{path}: {one}": one for one in faults(page)})
    page.goto(f"{url}/desk/queue?view=case")
    press(page, "n")
    page.wait_for_url(f"{url}/desk/requests/**")
    found.update({f"request: {one}": one for one in faults(page)})
    press(page, "p")
    page.locator("[name=piece]").first.check()
    found.update({f"asking: {one}": one for one in faults(page)})
    assert found == {}
