"""Downloads: found, handed out as published, filled in with the reader's identity."""

import re
from io import BytesIO
from urllib.parse import urlencode

import pikepdf
import pytest

from havre.commons.audit.models import Reading
from havre.foundation.db import Role
from tests.builders import a_contract, a_cover, a_member, a_nir
from tests.database import acting_as
from tests.doors.portal.conftest import Member, signed_in
from tests.doors.portal.published import folder, publish_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(that_day: None) -> None:
    publish_demo()


@pytest.fixture
def member(published: None) -> Member:
    """With an individual contract on top of the CFE."""
    return holding(kind="INDIVIDUAL", scheme="CFE_COMPLEMENT", number="ESC-2024-1")


def holding(**contract: object) -> Member:
    person, membership = a_member(
        person={"first_name": "Claire", "family_name": "Aubrac"}, adherent_number="HV 204 817 3"
    )
    a_cover(contract=a_contract(household=person.household_id, **contract), person=person)
    return signed_in(person=person, membership=membership)


def ids(member: Member, **query: str) -> list[str]:
    return re.findall(
        r'<h2 class="mid2" id="([\w-]+)">', member.page(f"downloads?{urlencode(query)}")
    )


# --- Finding -------------------------------------------------------------------------------------


def test_those_of_the_members_contracts_are_shown(member):  # W35
    found = ids(member)
    assert {"paying-contributions", "cfe-pack-questionnaire", "care-sheet", "leaving"} <= set(found)
    assert "company-contributions" not in found
    assert ids(member, every="on") == [*found[:7], "company-contributions", *found[7:]]


def test_a_group_contract_shows_others(published):
    found = ids(holding(kind="COLLECTIVE", scheme="FIRST_EURO"))
    assert "company-contributions" in found
    assert not {"paying-contributions", "cfe-pack-questionnaire"} & set(found)


def test_those_of_a_contract_that_ended_give_way(published):
    member = holding(kind="COLLECTIVE", last_day="2025-12-31")
    assert "company-contributions" in ids(member), "where no other is left"
    other = a_contract(household=member.household, kind="INDIVIDUAL", number="2", external_id="2")
    a_cover(contract=other, person=member.person)
    assert "company-contributions" not in ids(member)


def test_a_product_may_be_meant_alone(published):
    from havre.commons.content.words.audience import Audience, Holding

    meant = Audience(products=("ESCALE",))
    assert meant.concerns([Holding("INDIVIDUAL", "FIRST_EURO", "ESCALE")])
    assert not meant.concerns([Holding("INDIVIDUAL", "FIRST_EURO", "CAP")])
    assert not meant.concerns([])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"topic": "prior-agreement"}, ["hospital-agreement", "dental-agreement"]),
        ({"q": "quesionnaire child"}, ["child-questionnaire"]),
        ({"q": "mexico"}, ["care-in-mexico"]),
        ({"q": "xyzzy"}, []),
        ({"q": "care", "country": "SG", "topic": "guides"}, ["care-in-singapore"]),
        ({"topic": "guides", "country": "ZZ"}, None),
        ({"topic": "../../etc"}, None),
    ],
)  # fmt: skip
def test_searched_by_topic_country_and_words(member, query, found):  # W35
    said = ids(member, **query)
    if found is None:  # what nobody offered is no condition
        query = {key: value for key, value in query.items() if value == "guides"}
        found = ids(member, **query)
    assert said == found


def test_a_language_alone(member):
    page = member.page("downloads?language=fr&topic=care-sheets")
    assert "language=fr" in page
    assert "id=care-sheet&amp;language=en" not in page


def test_each_says_its_version_date_and_size(member):  # W35
    page = member.page("downloads?q=leaving").replace("\N{NO-BREAK SPACE}", " ")
    assert "Version 3, 12 February 2026" in page
    assert re.search(r'PDF, <span class="nw">\d+ KB</span>', page)


# --- The file ------------------------------------------------------------------------------------


def test_a_file_is_handed_out_as_it_was_published(member):
    answer = member.client.get("/en/downloads/file?id=leaving&language=fr")
    sent = b"".join(answer.streaming_content)
    assert sent in [file.body for file in folder().files.values()]
    assert answer["Content-Disposition"] == 'attachment; filename="leaving.fr.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert int(answer["Content-Length"]) == len(sent)


def test_a_file_that_the_browser_has_is_not_sent_again(member):
    tag = member.client.get("/en/downloads/file?id=leaving&language=fr")["ETag"]
    again = member.client.get(
        "/en/downloads/file?id=leaving&language=fr", headers={"If-None-Match": tag}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = member.client.get(
        "/en/downloads/file?id=leaving&language=en", headers={"If-None-Match": tag}
    )
    assert other.status_code == 200


@pytest.mark.parametrize(
    "query", ["", "id=leaving", "id=nothing&language=fr", "id=leaving&language=de"]
)
def test_what_is_not_published_is_missing(member, query):
    assert member.client.get(f"/en/downloads/file?{query}").status_code == 404


# --- Filled in -----------------------------------------------------------------------------------


def filled(member: Member, form: str) -> dict[str, str]:
    answer = member.client.post("/en/downloads/filled", {"id": form, "language": "fr"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        return {str(one.T): str(one.get("/V", "")) for one in pdf.Root.AcroForm.Fields}


def readings() -> list[tuple[str, str]]:
    with acting_as(Role.OWNER):
        return [(one.datum, one.purpose) for one in Reading.objects.all()]


def test_a_form_is_filled_with_the_readers_identity(member):  # W35
    assert filled(member, "hospital-agreement") == {
        "nom": "Aubrac",
        "prenom": "Claire",
        "naissance": "02/05/1969",
        "adherent": "HV 204 817 3",
        "contrat": "ESC-2024-1",
    }
    assert readings() == []


def test_a_number_goes_on_the_forms_that_ask_for_it_and_that_is_recorded(member):
    a_nir(member.person, "269054958815780")
    assert "securite_sociale" not in filled(member, "dental-care-sheet")
    assert readings() == []
    assert filled(member, "care-sheet")["securite_sociale"].replace(" ", "") == "269054958815780"
    assert readings() == [("NIR", "written on a form that was downloaded")]


def test_nobody_elses_number_goes_on_a_form(member):
    other, _membership = a_member(household=member.household, link="SPOUSE")
    a_nir(other, "269054958815780")
    assert filled(member, "care-sheet")["securite_sociale"] == ""
    assert readings() == []


@pytest.mark.parametrize("form", ["leaving", "nothing", ""])
def test_what_is_no_form_is_not_filled(member, form):
    answer = member.client.post("/en/downloads/filled", {"id": form, "language": "fr"})
    assert answer.status_code == 404
