"""axe finds nothing on what is met rarely: closed accounts, new terms, a code on its way, papers checked."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from havre.commons.accounts.words import ClosedFor
from havre.project.demo.prepared import Shows, who_shows
from tests.journeys.browser.conftest import Demo, without_database
from tests.journeys.browser.looking import faults
from tests.journeys.browser.steps import sign_in

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
_CLOSED = """
import sys
from importlib import import_module
from havre.foundation.db.roles import Role
from havre.project.cli import starting
starting.start(Role.WEB)
from django.conf import settings
for why in sys.argv[1:]:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["closed"] = why
    session.save()
    print(why, session.session_key)
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(reduced_motion="reduce")
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def closed_sessions(demo: Demo) -> dict[str, str]:
    """The key of a session that was just told why its account is closed, for each reason."""
    reasons = [why.value for why in ClosedFor if why is not ClosedFor.FORGOTTEN]
    said = subprocess.run(
        [sys.executable, "-c", _CLOSED, *reasons],
        env={**without_database(dict(os.environ)), "HAVRE_HOME": str(demo.home)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return dict(line.split() for line in said.splitlines() if line.split()[0] in reasons)


def sign_in_as(shows: Shows, page: Page, demo: Demo, language: str) -> None:
    number = who_shows(shows).adherent_number
    password = demo.accounts["member"]["password"]
    sign_in(page, demo, language=language, number=number, password=password)


@LANGUAGES
@pytest.mark.parametrize("shows", [Shows.REPORTED, Shows.ENDED])
def test_the_right_pair_of_a_closed_account(
    demo: Demo, page: Page, language: str, shows: Shows
) -> None:
    sign_in_as(shows, page, demo, language)
    page.wait_for_url(f"{demo.url}/{language}/account-closed")
    assert faults(page) == []


@LANGUAGES
def test_the_words_of_each_closed_account(
    demo: Demo, context: BrowserContext, page: Page, closed_sessions: dict[str, str], language: str
) -> None:
    assert len(closed_sessions) == len(ClosedFor) - 1
    found, titles = {}, set()
    for why, key in closed_sessions.items():
        context.add_cookies([{"name": "havre-session", "value": key, "url": demo.url}])
        page.goto(f"{demo.url}/{language}/account-closed")
        titles.add(page.locator("main").inner_text())
        found[why] = faults(page)
    assert len(titles) == len(closed_sessions)
    assert not {why: faults for why, faults in found.items() if faults}


@LANGUAGES
def test_a_deleted_account_has_no_pair(demo: Demo, page: Page, language: str) -> None:
    sign_in_as(Shows.DELETED, page, demo, language)
    page.locator("[data-errors]").wait_for()
    assert faults(page) == []


@LANGUAGES
def test_new_terms_beside_those_that_were_accepted(demo: Demo, page: Page, language: str) -> None:
    sign_in_as(Shows.NEW_TERMS, page, demo, language)
    page.wait_for_url("**/first-sign-in/terms")
    assert page.locator("main del").count()
    assert page.locator("main ins").count()
    found = {"the terms": faults(page)}
    page.locator("main form button[type=submit]").click()
    page.locator("[data-errors]").wait_for()
    found["not accepted"] = faults(page)
    assert not {state: faults for state, faults in found.items() if faults}


@LANGUAGES
def test_access_that_ends_soon(demo: Demo, page: Page, language: str) -> None:
    sign_in_as(Shows.ENDS_SOON, page, demo, language)
    page.wait_for_url(f"{demo.url}/{language}/")
    page.locator("main .note.wait").first.wait_for()
    assert faults(page) == []


@LANGUAGES
def test_the_code_of_an_email_change(demo: Demo, page: Page, language: str) -> None:
    sign_in_as(Shows.ENDS_SOON, page, demo, language)
    page.wait_for_url(f"{demo.url}/{language}/")
    page.goto(f"{demo.url}/{language}/personal-information/email")
    page.locator("#email").fill("no-address")
    page.locator("main form button[type=submit]").first.click()
    page.locator("[data-errors]").wait_for()
    found = {"no address": faults(page)}
    page.locator("#email").fill(f"honorine.{language}@example.net")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/personal-information/email/code")
    found["the code"] = faults(page)
    page.locator("#code").fill("12")
    page.locator("main form button[type=submit]").first.click()
    page.locator("[data-errors]").wait_for()
    found["a wrong code"] = faults(page)
    page.locator("[name=again]").click()
    page.locator("main .note").first.wait_for()
    found["another code, or too many"] = faults(page)
    assert not {state: faults for state, faults in found.items() if faults}


@LANGUAGES
def test_certificates_that_are_checked(demo: Demo, page: Page, language: str) -> None:
    lapsed = demo.accounts["lapsed"]
    _check(page, demo, language, lapsed["path"], lapsed["birth_date"])
    page.locator(".note.wait").wait_for()
    found = {"lapsed": faults(page)}
    _check(page, demo, language, lapsed["path"], "1950-01-01")
    page.locator("[data-errors]").wait_for()
    found["another birth date"] = faults(page)
    sign_in_as(Shows.LAPSED, page, demo, language)
    page.wait_for_url(f"{demo.url}/{language}/")
    page.goto(f"{demo.url}/{language}/certificates")
    found["the lapsed one in the list"] = faults(page)
    assert not {state: faults for state, faults in found.items() if faults}


@LANGUAGES
def test_certificates_of_every_worth(demo: Demo, page: Page, language: str) -> None:
    """Valid, over and revoked: those that the member was given when the demo was loaded."""
    member = demo.accounts["member"]
    number, password = member["adherent_number"], member["password"]
    sign_in(page, demo, language=language, number=number, password=password)
    page.wait_for_url(f"{demo.url}/{language}/")
    page.goto(f"{demo.url}/{language}/certificates")
    rows = page.locator("main tbody tr", has_text="Claire")
    papers = []
    for link in rows.locator("a[href$='/file']").all():
        with page.expect_download() as downloaded:
            link.click()
        papers.append(downloaded.value.path())
    born = f"{datetime.now(UTC).year - 40}-04-14"  # as the demo's Claire is
    found = {}
    for paper in papers:
        _check(page, demo, language, _check_page(paper), born)
        page.locator("main .sum").wait_for()
        found[page.locator("main .note").inner_text()] = faults(page)
    assert len(found) > 1
    assert not {state: faults for state, faults in found.items() if faults}


def _check(page: Page, demo: Demo, language: str, path: str, birth_date: str) -> None:
    """What someone who was handed the paper does."""
    page.goto(f"{demo.url}/{language}/check/{path.rpartition('/')[2]}")
    year, month, day = birth_date.split("-")
    page.locator("#birth_date").fill(f"{day}/{month}/{year}")
    page.locator("main form button[type=submit]").click()


def _check_page(pdf: Path) -> str:
    with pikepdf.open(pdf) as paper:
        notes = [note for one in paper.pages for note in one.get("/Annots", ())]
        return next(str(note.A.URI) for note in notes if note.Subtype == "/Link")
