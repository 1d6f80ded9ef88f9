"""Contact, questions and answers, security information: from the house's content."""

import re
from datetime import UTC, datetime
from html import unescape
from itertools import count

import pytest
import time_machine
from django.test import Client

from havre.commons.content.models import AnswerCount
from havre.foundation.db import Role
from tests.builders import a_contract, a_cover, a_member
from tests.database import acting_as
from tests.doors.portal.conftest import Member, signed_in
from tests.doors.portal.published import publish_demo

pytestmark = pytest.mark.django_db
_numbers = count(1)


@pytest.fixture
def published(that_day: None) -> None:
    publish_demo()


def page(client: Client, path: str, *, language: str = "fr") -> str:
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def claire_in(country: str | None = None, **contract: object) -> Member:
    number = f"HV {next(_numbers)}"
    person, membership = a_member(adherent_number=number, expatriation_country=country)
    if contract:
        a_cover(contract=a_contract(household=person.household_id, **contract), person=person)
    return signed_in(person=person, membership=membership)


# --- Contact -------------------------------------------------------------------------------------


def test_anybody_reads_every_contact(published, client):  # W38
    said = page(client, "contact")
    for name in ("Centre de gestion", "Conseil aux particuliers", "Conseil aux salariés"):
        assert name in said
    assert 'href="tel:+33199001234"' in said
    assert "Du lundi au vendredi, de 8 h à 18 h" in said
    assert "1 quai de la Fiction" in said


def test_a_member_reads_those_of_their_contracts(published):  # W38
    individual = claire_in(kind="INDIVIDUAL", scheme="FIRST_EURO")
    said = page(individual.client, "contact")
    assert "Conseil aux particuliers" in said
    assert "Conseil aux salariés" not in said
    assert "Conseil Pack Expat’CFE" not in said
    said = page(claire_in(kind="COLLECTIVE", scheme="CFE_COMPLEMENT").client, "contact")
    assert "Conseil aux particuliers" not in said
    assert "Conseil aux salariés" in said
    assert "Conseil Pack Expat’CFE" in said


@pytest.mark.parametrize(
    ("moment", "language", "told"),
    [
        # Monday 15 June 2026, noon in Paris.
        ("2026-06-15T10:00", "en", ("Open now", "Until 18:00, Paris time.", "at 10:00, Mexico City")),
        ("2026-06-15T20:00", "fr", ("Fermé en ce moment", "mardi 16 juin 2026 à 8 h 00, heure de Paris")),
        ("2026-12-25T10:00", "en", ("Closed now", "Christmas Day. Opens on Monday 28 December 2026")),
    ],
)  # fmt: skip
def test_open_now_is_told_in_paris_and_for_the_reader(published, moment, language, told):  # W19
    person, membership = a_member(adherent_number="HV 1")
    member = signed_in(person=person, membership=membership)
    session = member.client.session
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    session.update({"zone": "America/Mexico_City", "used": int(at.timestamp())})
    session.save()
    with time_machine.travel(at, tick=False):
        said = page(member.client, "contact", language=language)
    for words in told:
        assert words in said


def test_the_device_tells_the_clock_of_a_stranger(published, client):
    assert 'data-moment="2026-06-15T16:00:00+00:00"' in page(client, "contact")


def test_without_content_the_service_is_still_there(that_day, client):  # W19
    assert 'href="tel:+33199001234"' in page(client, "contact")
    assert 'href="tel:+33199001234"' in page(client, "faq")


# --- Questions and answers -----------------------------------------------------------------------


def test_questions_stand_by_topic_each_with_its_address(published, client):  # W38
    said = page(client, "faq")
    assert said.count("<details") >= 25
    assert len(re.findall(r'<section aria-labelledby="[\w-]+">', said)) == 6
    assert '<div class="stack-s" id="claim">' in said
    assert "<details open>" not in said
    assert said.count("<details open>") == 0
    assert page(client, "faq?question=claim").count("<details open>") == 1


@pytest.mark.parametrize(
    ("typed", "language", "found"),
    [
        ("demander rembourssement", "fr", "claim"),
        ("numero adherent", "fr", "adherent-number"),
        ("hopital urgence", "fr", "hospital-emergency"),
        ("exchenge rate", "en", "exchange-rate"),
    ],
)
def test_a_search_forgives(published, client, typed, language, found):  # W38
    said = page(client, f"faq?q={typed.replace(' ', '+')}", language=language)
    assert re.findall(r'class="stack-s" id="([\w-]+)"', said)[0] == found
    assert f'value="{typed}"' in said


def test_what_was_typed_is_escaped(published, client):
    answer = client.get("/fr/faq", {"q": '"><script>alert(1)</script>'})
    assert b"<script>alert" not in answer.content
    assert "Aucune réponse ne correspond" in answer.content.decode()


def test_an_answer_is_counted_without_its_reader(published):  # S8
    member = claire_in()
    before = member.client.session.items()
    answer = member.client.post("/fr/faq/answer", {"answer": "claim yes"})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/faq?thanks=claim#claim")
    assert "Merci." in page(member.client, "faq?thanks=claim")
    assert answer.cookies.keys() <= {"havre-language"}
    assert set(member.client.session.items()) == set(before)
    with acting_as(Role.WORKER):
        (row,) = AnswerCount.objects.values()
    assert {**row, "id": 0, "day": str(row["day"])} == {
        "id": 0,
        "question": "claim",
        "day": "2026-06-15",
        "helped": True,
        "count": 1,
    }


@pytest.mark.parametrize("said", ["", "claim", "claim maybe", "nobody yes", "claim yes yes"])
def test_an_answer_to_no_question_is_none(published, client, said):
    assert client.post("/fr/faq/answer", {"answer": said}).status_code == 404


# --- Security information ------------------------------------------------------------------------


def links(said: str) -> list[str]:
    return re.findall(
        r'<a class="btn fit" href="([^"]+)" rel="noopener noreferrer external">', said
    )


def test_the_country_of_expatriation_comes_first(published):  # W37
    said = page(claire_in("MX").client, "security-information")
    assert links(said) == [
        "https://vigie-monde.example/fr/alertes/mx",
        "https://www.diplomatie.gouv.fr/fr/conseils-aux-voyageurs/conseils-par-pays-destination/mexique/",
    ]
    assert "<h2>Mexique</h2>" in said
    assert 'href="/fr/security-information?country=JP"' in said


def test_another_country_is_one_tap_away_and_an_unknown_one_is_none(published):  # W37
    client = claire_in("MX").client
    assert links(page(client, "security-information?country=JP"))[0].endswith("/jp")
    assert links(page(client, "security-information?country=xx"))[0].endswith("/mx")


def test_where_no_page_is_of_the_country_the_front_page_is(published):
    said = page(claire_in("FJ").client, "security-information", language="en")
    assert links(said) == [
        "https://vigie-monde.example/en/alerts",
        "https://www.diplomatie.gouv.fr/fr/conseils-aux-voyageurs/",
    ]
    assert "There is no page for this country alone" in said


# --- Around --------------------------------------------------------------------------------------


def test_contact_and_questions_are_in_every_footer(published, client):  # W19
    for browser, path in ((client, "sign-in"), (claire_in().client, "")):
        footer = page(browser, path).partition("<footer>")[2]
        assert 'href="/fr/contact"' in footer
        assert 'href="/fr/faq"' in footer
