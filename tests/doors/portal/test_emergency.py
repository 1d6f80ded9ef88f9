"""The numbers to call abroad: found by country, for anybody."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from tests.builders import a_contract, a_cover, a_member
from tests.doors.portal.conftest import Member, signed_in
from tests.doors.portal.published import publish_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(that_day: None) -> None:
    publish_demo()


def page(client: Client, path: str = "", *, language: str = "en") -> str:
    answer = client.get(f"/{language}/emergency{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def dialled(said: str) -> list[str]:
    return re.findall(r'href="tel:([+\d]+)"', said.partition("<main")[2].partition("</main")[0])


def claire_in(country: str | None) -> Member:
    person, membership = a_member(
        adherent_number="HV 204 817 3",
        expatriation_country=country,
        person={"first_name": "Claire"},
    )
    contract = a_contract(household=person.household_id, kind="INDIVIDUAL")
    a_cover(contract=contract, person=person)
    return signed_in(person=person, membership=membership)


def test_anybody_finds_the_numbers_of_a_country_in_one_tap(published, client):  # W36
    said = page(client)
    assert 'href="/en/emergency?country=PE"' in said
    assert said.index(">Peru<") < said.index(">Zimbabwe<")
    said = page(client, "?country=PE")
    assert dialled(said) == [
        "+12025550147",  # assistance
        "106",  # the ambulance there
        "+12025550152",  # advance of hospital costs
        "+33199004718",  # a doctor
        "+33199001234",  # who manages contracts
        "105",
        "116",
    ]
    assert "+1 202-555-0147" in said
    assert '<p class="serif show" lang="es" dir="auto">Tengo un seguro médico.' in said


def test_both_languages_say_it(published, client):
    assert "Call assistance" in page(client, "?country=JP")
    said = page(client, "?country=JP", language="fr")
    assert "Appeler l’assistance" in said
    assert (
        "Tous les jours" in said or "Du lundi au dimanche, de 7 h à 23 h, heure de Sydney" in said
    )
    assert "Ce qui s’est passé, et depuis quand." in said


def test_who_finds_no_country_has_a_number_all_the_same(published, client):
    assert dialled(page(client, "?q=xyzzy"))[0] == "+33199004712"


@pytest.mark.parametrize(
    ("typed", "found"), [("perou", "PE"), ("Cote d’ivoire", "CI"), ("allemange", "DE")]
)
def test_a_country_is_found_without_script_as_it_is_typed(published, client, typed, found):
    said = page(client, f"?q={quote(typed)}", language="fr")
    codes = re.findall(r'href="/fr/emergency\?country=([A-Z]{2})"', said)
    assert found in codes
    assert len(codes) < 5


@pytest.mark.parametrize("asked", ["", "ZZ", "mx", "<script>"])
def test_an_unknown_country_is_to_be_chosen(published, client, asked):
    answer = client.get("/en/emergency", {"country": asked})
    assert "Which country are you in?" in answer.content.decode()
    assert "havre-country" not in answer.cookies


def test_the_last_country_is_remembered_on_this_device(published, client):
    answer = client.get("/en/emergency?country=KE")
    assert answer.cookies["havre-country"].value == "KE"
    assert answer.cookies["havre-country"]["samesite"] == "Lax"
    assert "Kenya" in page(client)
    assert "999" in dialled(page(client))


def test_a_member_has_their_country_first_and_the_last_one_beside(published):  # W36
    member = claire_in("MX")
    member.client.cookies["havre-country"] = "KE"
    said = page(member.client)
    assert ">Mexico</b>" in said
    assert 'href="/en/emergency?country=KE"' in said
    assert "911" in dialled(said)
    assert '<b class="nw">HV 204 817 3</b>' in said
    assert "Management centre" in said


def test_a_stranger_is_told_no_name_and_no_number_of_ours(published, client):
    claire_in("MX")
    said = page(client, "?country=MX")
    assert "HV 204" not in said
    assert "Claire" not in said


def test_without_content_the_service_is_called(that_day, client):  # W19
    for path in ("", "?country=PE"):
        assert "+33199001234" in dialled(page(client, path))


def test_it_is_on_every_page(published, client):  # W36
    assert 'class="call" href="/fr/emergency"' in client.get("/fr/sign-in").content.decode()
    assert 'class="sos" href="/en/emergency"' in claire_in(None).page("contracts")
    assert 'class="sos" href="/fr/emergency"' in client.get("/fr/terms").content.decode()
    assert 'href="/en/emergency"' in client.get("/en/no-such-page").content.decode()
