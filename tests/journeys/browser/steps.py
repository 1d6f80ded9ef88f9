"""What a member does, in the words of a test."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page

from havre.journeys.loading.records import Person
from havre.project.demo.house import demo_house
from havre.project.demo.install import SEED
from tests.journeys.browser.conftest import Demo, without_database

_MAIL_WITHIN_SECONDS = 90
PASSWORD = "quatre bateaux verts au port"
_LAPSE = """
import sys
from importlib import import_module
from havre.foundation.db.roles import Role
from havre.project.cli import starting
starting.start(Role.WEB)
from django.conf import settings
session = import_module(settings.SESSION_ENGINE).SessionStore(sys.argv[1])
session["confirmed"] = 0
session.save()
"""
_WORDS = {
    "fr": {
        "sign_in": "Se connecter",
        "create": "Créer mon compte",
        "keep": "Garder ce mot de passe",
        "confirm": "Confirmer",
        "accept": "Accepter et continuer",
        "sign_out": "Se déconnecter",
    },
    "en": {
        "sign_in": "Sign in",
        "create": "Create my account",
        "keep": "Keep this password",
        "confirm": "Confirm",
        "accept": "Accept and go on",
        "sign_out": "Sign out",
    },
}


def word(language: str, name: str) -> str:
    return _WORDS[language][name]


def mails(page: Page, demo: Demo, *, to: str, language: str) -> list[str]:
    """The bodies of the mails sent to an address, the newest first."""
    page.goto(f"{demo.url}/{language}/mailbox")
    return [
        article.inner_text()
        for article in page.locator("article").all()
        if to in article.inner_text()
    ]


def wait_for_mail(
    page: Page, demo: Demo, *, to: str, language: str, pattern: str, count: int = 1
) -> str:
    """What ``pattern`` finds in a mail to that address, once ``count`` of its mails have come."""
    deadline = time.monotonic() + _MAIL_WITHIN_SECONDS
    while time.monotonic() < deadline:
        found = mails(page, demo, to=to, language=language)
        for body in found:
            if (match := re.search(pattern, body)) and len(found) >= count:
                return match.group(1)
        time.sleep(0.5)
    said = (demo.home.parent / "demo.log").read_text()[-2000:]
    raise AssertionError(f"no mail with {pattern!r} in time. The demo said:\n{said}")


def someone_else(demo: Demo, *, language: str, nth: int = 0) -> dict[str, str]:
    """A holder of the fictional house who writes in that language and has no account yet.

    Another ``nth`` for another test: the demo is shared. From the end: the first ones ask for things, and
    the address of one refuses mails.
    """
    installed = datetime.fromtimestamp((demo.home / "demo-accounts.json").stat().st_mtime, tz=UTC)
    house = demo_house(SEED, installed.date())
    known = {demo.accounts[name]["adherent_number"] for name in ("member", "to_open")}
    known |= {one["adherent_number"] for one in demo.accounts["prepared"]}
    people = [
        record
        for record in house.members
        if isinstance(record, Person)
        and record.link == "HOLDER"
        and record.language == language
        and record.email
        and not record.deceased_on
        and record.adherent_number not in known
    ]
    person = people[-1 - nth]
    return {
        "adherent_number": str(person.adherent_number),
        "family_name": person.family_name,
        "first_name": person.first_name,
        "birth_date": str(person.birth_date),
        "email": str(person.email),
    }


def ask_to_open(page: Page, demo: Demo, *, language: str, identity: dict[str, str]) -> None:
    page.goto(f"{demo.url}/{language}/sign-in")
    page.get_by_role("link", name=word(language, "create")).first.click()
    year, month, day = identity["birth_date"].split("-")
    page.locator("#family_name").fill(identity["family_name"].upper())
    page.locator("#first_name").fill(identity["first_name"])
    page.locator("#birth_date").fill(f"{day}/{month}/{year}")
    page.locator("#email").fill(identity["email"])
    page.locator("#adherent_number").fill(identity["adherent_number"].lower())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/create-account/received")


def sign_in(page: Page, demo: Demo, *, language: str, number: str, password: str) -> None:
    page.goto(f"{demo.url}/{language}/sign-in")
    page.locator("#number").fill(number)
    page.locator("#password").fill(password)
    page.locator("main form button[type=submit]").click()


def let_the_proof_lapse(page: Page, demo: Demo) -> None:
    """As after CONFIRMED_MINUTES: what is sensitive asks again who it is."""
    [key] = [one["value"] for one in page.context.cookies() if one["name"] == "havre-session"]
    subprocess.run(
        [sys.executable, "-c", _LAPSE, key],
        env={**without_database(dict(os.environ)), "HAVRE_HOME": str(demo.home)},
        check=True,
    )


def finish_first_sign_in(
    page: Page,
    demo: Demo,
    *,
    language: str,
    identity: dict[str, str],
    at_each_step: Callable[[Page], None] = lambda _page: None,
) -> None:
    """From the provisional password in the mailbox to home."""
    secret = wait_for_mail(
        page,
        demo,
        to=identity["email"],
        language=language,
        pattern=r"((?:[0-9A-Z]{4}-){5}[0-9A-Z]{4})",
    )
    sign_in(page, demo, language=language, number=identity["adherent_number"], password=secret)
    page.wait_for_url("**/first-sign-in/password")
    at_each_step(page)
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.get_by_role("button", name=word(language, "keep")).click()
    page.wait_for_url("**/first-sign-in/email")
    code = wait_for_mail(
        page, demo, to=identity["email"], language=language, pattern=r"\n\s+(\d{6})\n"
    )
    page.goto(f"{demo.url}/{language}/first-sign-in/email")
    at_each_step(page)
    page.locator("#code").fill(code)
    page.get_by_role("button", name=word(language, "confirm")).click()
    page.wait_for_url("**/first-sign-in/terms")
    at_each_step(page)
    page.locator("#accepted").check()
    page.get_by_role("button", name=word(language, "accept")).click()
    page.wait_for_url(f"{demo.url}/{language}/")
