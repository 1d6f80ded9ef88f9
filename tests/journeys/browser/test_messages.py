"""A member and the team stay in step; what is typed survives a lost network, another device, a restart."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import test_desk
from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
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


def test_a_first_message_waits_for_the_network(
    demo: Demo, two: tuple[BrowserContext, Page, Page]
) -> None:
    context, page, _other = two
    said = f"Première fois {time.time()}"
    page.goto(f"{demo.url}/fr/messages/new?topic=ACCOUNT")
    page.locator("#subject").fill("Sans réseau")
    with page.expect_response("**/draft"):
        page.locator("textarea").fill(said)
    context.set_offline(True)
    page.get_by_role("button", name="Envoyer le message").click()
    page.locator("[data-unsent]:not([hidden])").wait_for()
    assert page.locator("textarea").input_value() == said
    context.set_offline(False)
    page.wait_for_url("**/messages/*-*")
    assert page.get_by_role("heading", name="Sans réseau").is_visible()
    assert page.locator("#thread").get_by_text(said).count() == 1
    page.goto(f"{demo.url}/fr/messages/new")
    assert page.locator("textarea").input_value() == ""


@pytest.fixture
def agent(demo: Demo, browser: Browser) -> Iterator[tuple[Page, str]]:
    """At work at the desk, and where that is."""
    url = test_desk.answering_desk(demo)
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()
    test_desk.sign_in(page, url, demo, "AGENT")
    yield page, url
    context.close()


def test_an_agent_answers_and_the_member_reads_it_at_once(
    demo: Demo, two: tuple[BrowserContext, Page, Page], agent: tuple[Page, str]
) -> None:
    """By keys alone, a text at hand above what is typed; then again while the member's server is away."""
    _context, member, _other = two
    desk, url = agent
    say(member, f"Une question {time.time()}")
    desk.goto(f"{url}/desk/messages")
    desk.locator(f'main a[href$="/{member.url.rpartition("/")[2]}"]').click()
    desk.locator("textarea").wait_for()
    desk.keyboard.press("c")
    assert desk.evaluate("document.activeElement.id") == "text"
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    first = f"Voici {time.time()}"
    desk.keyboard.type(f" {first}")
    assert "Bonjour Claire" in desk.locator("textarea").input_value()
    began = time.monotonic()
    desk.keyboard.press("Control+Enter")
    member.get_by_text(first).wait_for()
    assert time.monotonic() - began < SECONDS
    desk.wait_for_function("document.querySelector('textarea').value === ''")
    member.locator("textarea").fill("À finir")
    os.kill(_server(demo), signal.SIGKILL)
    then = f"Encore {time.time()}"
    desk.locator("textarea").fill(then)
    desk.keyboard.press("Control+Enter")
    member.get_by_text(then).wait_for(timeout=45_000)
    assert member.locator("textarea").input_value() == "À finir"


def test_axe_finds_nothing_where_agents_answer(demo: Demo, agent: tuple[Page, str]) -> None:
    page, url = agent
    found = {}
    for language in ("en", "fr"):
        page.goto(f"{url}/desk/profile")
        page.click(f"button[lang={language}]")
        page.goto(f"{url}/desk/messages")
        found[f"{language} messages"] = faults(page)
        page.locator("#find").fill(demo.accounts["member"]["adherent_number"])
        page.keyboard.press("Enter")
        page.locator("main a[href$='/messages']").click()
        found[f"{language} history"] = faults(page)
        page.locator("#q").fill("mexi")
        page.keyboard.press("Enter")
        page.wait_for_url("**of=*")
        found[f"{language} found"] = faults(page)
        page.locator("main ol a").first.click()
        page.locator("#thread").wait_for()
        found[f"{language} message"] = faults(page)
        page.goto(page.url.partition("?")[0])
        found[f"{language} answer"] = faults(page)
    assert not {where: faults for where, faults in found.items() if faults}


def _server(demo: Demo) -> int:
    """The process that answers members; killed, the server starts another."""
    port = f"PORT={demo.url.rpartition(':')[2]}".encode()
    for one in Path("/proc").glob("[0-9]*"):
        try:
            mine = port in (one / "environ").read_bytes().split(b"\0")
            parent = (one / "stat").read_text().rpartition(")")[2].split()[1]
            above = Path(f"/proc/{parent}/cmdline").read_bytes()
            if mine and b"spawn_main" in (one / "cmdline").read_bytes() and b"serve" in above:
                return int(one.name)
        except OSError:  # it ended since, or is another user's
            continue
    pytest.skip("no /proc here to find the server in")
