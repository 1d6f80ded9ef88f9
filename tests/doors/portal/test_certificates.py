"""Insurance certificates: chosen, downloaded, refused with what to ask."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse

from havre.domains.contracts.models import Contract
from havre.domains.people.models import Person
from havre.foundation.ids import new_id
from tests.builders import a_contract, a_cover, a_household, a_member, a_person
from tests.doors.portal.conftest import Member
from tests.foundation.reading_pdf import text_of


@pytest.fixture
def contract(claire: Member) -> Contract:
    made = a_contract(household=claire.household, zone=3, title="Escale Confort")
    a_cover(contract=made, person=claire.person)
    return made


def asked(claire: Member, contract: Contract, **changes: Any) -> HttpResponse:
    wanted = {
        "person": str(claire.person.id),
        "contract": str(contract.id),
        "day": "15/06/2026",
        "language": "fr",
    }
    return claire.client.get("/en/certificates/download", wanted | changes)


def test_a_certificate_is_downloaded_in_the_language_asked(  # W30
    claire: Member, contract: Contract
) -> None:
    answer = asked(claire, contract)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="attestation-ATT-20260615-')
    assert disposition.isascii()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    page = text_of(answer.content)
    assert "Attestation d’assurance" in page
    assert "Claire Aubrac" in page
    assert "Zones 1 à 3 du contrat" in page.replace("\u00a0", " ")
    english = text_of(asked(claire, contract, language="en").content)
    assert "Insurance certificate" in english


def test_a_beneficiary_has_one_too(claire: Member, contract: Contract) -> None:  # W30
    child = {"first_name": "Jules", "family_name": "Lestrade", "birth_date": date(2022, 6, 8)}
    jules, _membership = a_member(household=claire.household, person=child, link="CHILD")
    a_cover(contract=contract, person=jules)
    page = text_of(asked(claire, contract, person=str(jules.id)).content)
    assert "Jules Lestrade" in page
    assert "Claire Aubrac" in page  # the holder


def test_the_same_certificate_has_the_same_reference(claire: Member, contract: Contract) -> None:
    first, second, other = (
        asked(claire, contract, day=day).headers["Content-Disposition"]
        for day in ("15/06/2026", "15/06/2026", "16/06/2026")
    )
    assert first == second
    assert first != other


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("31/12/2023", ("The cover starts on 1 January 2024 only.", "Choose 1 January 2024 or")),
        ("32/13/2026", ("One thing to check", "There is no month 13")),
        ("", ("One thing to check", "Fill in")),
    ],
)
def test_a_day_that_cannot_be_certified_says_what_to_do(
    claire: Member, contract: Contract, day: str, said: tuple[str, ...]
) -> None:
    answer = asked(claire, contract, day=day)
    html = answer.content.decode()
    assert answer.status_code == 422
    for words in said:
        assert words in html
    assert 'value="fr" checked' in html


def test_a_cover_that_ended_says_between_which_days_to_choose(claire: Member) -> None:
    ended = a_contract(household=claire.household, zone=1, last_day=date(2026, 5, 31))
    a_cover(contract=ended, person=claire.person)
    html = asked(claire, ended).content.decode()
    assert "The cover ended on 31 May 2026." in html
    assert "Choose a day from 1 January 2024 to 31 May 2026." in html


def test_every_missing_datum_is_named_at_once(claire: Member) -> None:
    unknown = a_member(
        household=claire.household, person={"first_name": "Noé", "birth_date": None}, link="OTHER"
    )[0]
    bare = a_contract(household=claire.household, zone=None)
    a_cover(contract=bare, person=unknown)
    html = asked(claire, bare, person=str(unknown.id)).content.decode()
    assert "The date of birth is missing in the file." in html
    assert "The zone where the contract covers is missing in the file." in html
    assert "Call us" in html


def test_a_name_that_cannot_be_printed_is_told(claire: Member, contract: Contract) -> None:
    someone = a_member(household=claire.household, person={"first_name": "𓀀𓀁"}, link="OTHER")[0]
    a_cover(contract=contract, person=someone)
    answer = asked(claire, contract, person=str(someone.id))
    assert answer.status_code == 422
    assert "in Latin letters" in answer.content.decode()


def test_a_contract_that_does_not_cover_the_person(claire: Member, contract: Contract) -> None:
    other = a_contract(household=claire.household, number="2025-2")
    child = a_member(household=claire.household, person={"first_name": "Jules"}, link="CHILD")[0]
    a_cover(contract=other, person=child)
    html = asked(claire, other).content.decode()
    assert "This contract does not cover this person." in html


class Strangers:
    """A person and a contract of another household."""

    def __init__(self) -> None:
        household = a_household()
        self.person: Person = a_person(household=household)
        self.contract = a_contract(household=household, zone=1)
        a_cover(contract=self.contract, person=self.person)


@pytest.mark.parametrize("page", ["certificates", "certificates/download"])
@pytest.mark.parametrize("name", ["person", "contract"])
def test_a_stranger_is_a_missing_one(
    claire: Member, contract: Contract, page: str, name: str
) -> None:
    theirs = getattr(Strangers(), name).id
    wanted = {
        "person": str(claire.person.id),
        "contract": str(contract.id),
        "day": "15/06/2026",
        "language": "fr",
    }
    answers = [
        claire.client.get(f"/en/{page}", wanted | {name: str(one)})
        for one in (theirs, new_id(), "nobody")
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({len(answer.content) for answer in answers[:2]}) == 1


def test_the_form_starts_with_the_reader_today_and_the_pages_language(
    claire: Member, contract: Contract
) -> None:
    html = claire.page("certificates", language="fr")
    assert f'value="{claire.person.id}" selected' in html
    assert 'value="15/06/2026"' in html
    assert 'value="fr" checked' in html


def test_a_link_from_a_contract_fills_in_whose(claire: Member, contract: Contract) -> None:
    child = a_member(household=claire.household, person={"first_name": "Jules"}, link="CHILD")[0]
    a_cover(contract=contract, person=child)
    html = claire.page(f"certificates?person={child.id}&contract={contract.id}")
    assert f'value="{child.id}" selected' in html
