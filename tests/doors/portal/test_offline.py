"""What a phone keeps: the numbers for anybody, a card for its reader, and nothing of anyone else's."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from havre.doors.portal import offline
from tests.builders import a_contract, a_cover, a_member
from tests.doors.portal.conftest import NOW, TODAY, Member, signed_in
from tests.doors.portal.published import publish_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(that_day: None) -> None:
    publish_demo()


def kept(client: Client, language: str = "en") -> str:
    answer = client.get(f"/{language}/emergency/offline")
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def is_there(file: str) -> bool:
    path, _, version = file.removeprefix("/static/").partition("?v=")
    return finders.find(path) is not None and (not version or len(version) == 12)


def told(client: Client) -> dict[str, object]:
    """What the worker keeps."""
    script = client.get("/service-worker.js").content.decode()
    said: dict[str, object] = json.loads(script.partition("const KEPT = ")[2].partition(";\n")[0])
    return said


# --- The numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("en", ("Peru", "Talk to a doctor")), ("fr", ("Pérou", "Parler à un médecin"))]
)  # fmt: skip
def test_one_page_has_the_numbers_of_every_country(published, client, language, said):  # W36
    html = kept(client, language)
    assert len(re.findall(r'data-country="[A-Z]{2}"', html)) == 252
    day = {"en": "15 June 2026", "fr": "15 juin 2026"}[language]
    for words in (*said, day, 'href="tel:+12025550147"', 'href="tel:106"'):
        assert words in html


def test_what_is_kept_asks_for_nothing_else(published, client):
    html = kept(client)
    asked = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert asked == [offline.versioned(name) for name in offline.FILES]
    assert "<form" not in html
    assert "csrf" not in html


def test_it_says_nothing_of_a_reader(published, client):
    member = signed_in()
    member.client.cookies["havre-theme"] = "dark"
    assert kept(member.client) == kept(client)
    assert not member.client.get("/en/emergency/offline").cookies.keys() - {"havre-language"}


def test_without_content_the_service_is_kept(that_day, client):  # W19
    assert 'href="tel:+33199001234"' in kept(client)


# --- The worker ----------------------------------------------------------------------------------


def test_the_worker_keeps_public_pages_and_their_files_only(published, client):
    assert told(client)["pages"] == {"fr": "/fr/emergency/offline", "en": "/en/emergency/offline"}
    files = told(client)["files"]
    assert files == [offline.versioned(name) for name in offline.FILES]
    assert all(map(is_there, files))  # type: ignore[arg-type]


def test_it_is_served_so_that_it_answers_in_both_languages(published, client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_it_is_another_one_when_the_numbers_are_and_not_from_day_to_day(that_day, client):
    before = told(client)["version"]
    assert offline.worker(today=TODAY) == offline.worker(today=TODAY + timedelta(days=1))
    publish_demo(now=NOW)
    assert told(client)["version"] != before


def test_the_numbers_install_in_the_readers_language(published, client):
    answer = client.get("/en/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["start_url"], said["scope"], said["lang"]) == ("/en/emergency", "/", "en")
    for icon in said["icons"]:
        assert is_there(icon["src"])
    assert (
        'rel="manifest" href="/en/manifest.webmanifest"'
        in client.get("/en/emergency").content.decode()
    )


# --- The card ------------------------------------------------------------------------------------


@pytest.fixture
def carried(claire: Member) -> str:
    contract = a_contract(household=claire.household, title="Escale", zone=3)
    a_cover(contract=contract, person=claire.person)
    return f"card/{contract.id}/{claire.person.id}"


def test_a_card_is_kept_when_its_reader_asks(claire: Member, carried: str) -> None:
    html = claire.page(carried)
    address = f"/en/{carried}/kept/{claire.person.id}"
    assert f'data-card="{address}" hidden' in html
    assert "Not on a phone that others use" in html
    said = claire.page(address.removeprefix("/en/"))
    assert "HV 204 817 3" in said
    assert "Card of 15 June 2026" in said
    for secret in ("csrf", "<form", "sign-out", 'class="nav'):
        assert secret not in said, secret


def test_what_is_kept_of_a_card_holds_no_care(claire: Member, carried: str) -> None:
    said = claire.page(f"{carried}/kept/{claire.person.id}")
    assert "reimburse" not in said.lower()
    assert "social security" not in said.lower()


def test_nobody_else_renews_a_kept_card(claire: Member, carried: str) -> None:
    """Even the spouse's own card, which the holder may carry, is kept for the one who kept it."""
    mathieu, place = a_member(
        household=claire.household, person={"birth_date": date(1984, 9, 2)}, link="SPOUSE"
    )
    spouse = signed_in(person=mathieu, membership=place)
    hers = f"/en/{carried}/kept/{claire.person.id}"
    assert spouse.client.get(hers).status_code == 404
    assert claire.client.get(f"/en/{carried}/kept/{mathieu.id}").status_code == 404


def test_where_cards_go_and_are_looked_at_again(claire: Member, client: Client) -> None:
    assert "data-check-cards" in claire.page("")
    assert "data-forget-cards" not in client.get("/en/sign-in").content.decode()
    for path in ("sign-in?signed-out", "account-closed"):
        said = client.get(f"/en/{path}").content.decode()
        assert "data-forget-cards" in said
        assert "ui/offline.js" in said
