"""One line opened, and a décompte as a file: the calculation, in the reader's words, masked for others."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from havre.commons.accounts.models import Account
from havre.domains.health.models import Line
from havre.domains.people.models import Person
from havre.foundation.db import Role
from tests.builders import a_household, a_line, a_member, a_person, a_transfer
from tests.database import acting_as
from tests.doors.portal.conftest import Member
from tests.foundation.reading_pdf import text_of

ABROAD: dict[str, Any] = {
    "act": "Ophtalmologue",
    "act_en": "Ophthalmologist",
    "provider": "Clínica del Valle",
    "country": "MX",
    "spent": Decimal(2600),
    "spent_currency": "MXN",
    "rate": Decimal("0.0480769"),
    "rate_source": "BCE",
    "rate_source_en": "ECB",
    "rate_day": date(2026, 3, 3),
    "converted": Decimal(125),
    "primary_share": Decimal("17.50"),
    "other_share": Decimal("3.00"),
    "guarantee": "Spécialiste",
    "guarantee_en": "Specialist",
    "deductible": Decimal("12.00"),
    "ceiling_left": Decimal("410.00"),
    "reimbursed": Decimal("89.50"),
    "left_to_pay": Decimal(15),
    "reason": "Votre garantie s’arrête à 110 €.",
    "reason_en": "Your cover stops at €110.",
    "clause": "article 12.3",
    "clause_en": "clause 12.3",
}
CALCULATION = (
    "MXN\u00a02,600.00",
    "1 MXN = 0.0480769 EUR",
    "€125.00",
    "− €17.50",
    "− €3.00",
    "− €12.00",
    "€410.00",
    "€89.50",
    "€15.00",
)


@pytest.fixture
def mathieu(claire: Member) -> Person:
    person = {"first_name": "Mathieu", "birth_date": date(1984, 9, 2)}
    return a_member(household=claire.household, person=person, link="SPOUSE")[0]


def abroad(claire: Member, **changes: Any) -> Line:
    transfer = a_transfer(household=claire.household, iban_shown="FR76 •••• 4471")
    return a_line(person=claire.person, transfer=transfer, **(ABROAD | changes))


def test_the_whole_calculation_in_the_readers_language(claire: Member) -> None:  # W29
    line = abroad(claire)
    english, french = (
        claire.page(f"reimbursements/lines/{line.id}", language=one) for one in ("en", "fr")
    )
    for said in (
        *CALCULATION,
        "Ophthalmologist",
        "ECB",
        "Specialist",
        "stops at €110",
        "clause 12",
    ):
        assert said in english
    for said in ("Ophtalmologue", "BCE", "Spécialiste", "s’arrête à 110 €", "article 12.3"):
        assert said in french
        assert said not in english


def test_words_in_one_language_are_said_to_be_in_it(claire: Member) -> None:
    line = abroad(claire, act_en=None)
    with acting_as(Role.OWNER):
        Account.objects.filter(id=claire.account.id).update(language="fr")
    html = claire.page(f"reimbursements/lines/{line.id}")
    assert '<span lang="fr">Ophtalmologue</span>' in html
    assert "Your cover stops at €110." in html


def test_what_is_not_stated_and_not_settled_says_so(claire: Member) -> None:
    nothing = dict.fromkeys(("spent", "spent_currency", "reimbursed", "left_to_pay"))
    line = a_line(person=claire.person, **nothing)
    html = claire.page(f"reimbursements/lines/{line.id}")
    assert "not stated" in html
    assert "No transfer has paid this care yet." in html
    assert "€0.00" not in html


def test_masked_missing_and_anothers_lines_are_the_same_page(
    claire: Member, mathieu: Person
) -> None:
    transfer = a_transfer(household=claire.household)
    household = a_household()
    ids = (
        a_line(person=mathieu, transfer=transfer).id,
        a_line(person=a_person(household=household), transfer=a_transfer(household=household)).id,
        2**62,
        10**30,
    )
    answers = [claire.client.get(f"/en/reimbursements/lines/{one}") for one in ids]
    assert {answer.status_code for answer in answers} == {404}
    bodies = [
        answer.content.replace(f"lines/{one}".encode(), b"")
        for one, answer in zip(ids, answers, strict=True)
    ]
    assert len({len(body) for body in bodies}) == 1


def test_a_statement_is_a_file_in_the_language_of_the_page(claire: Member) -> None:
    line = abroad(claire)
    for language, words in (
        ("en", ("Ophthalmologist", "Reimbursement statement", "Your cover stops")),
        ("fr", ("Ophtalmologue", "Décompte de remboursement", "Votre garantie s’arrête")),
    ):
        answer = claire.client.get(f"/{language}/reimbursements/{line.transfer_id}/pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "Claire" not in answer.headers["Content-Disposition"]
        assert "2026-03-18.pdf" in answer.headers["Content-Disposition"]
        text = " ".join(text_of(answer.content).split())
        for said in (*words, "Claire", "FR76 •••• 4471", "VIR 1"):
            assert said in text


def test_a_statement_is_masked_as_its_page(claire: Member, mathieu: Person) -> None:
    transfer = a_transfer(household=claire.household, payee="PROVIDER", payee_name="Clinique Bleue")
    a_line(person=mathieu, transfer=transfer, act="Psychiatre", provider="Clinique Bleue")
    text = text_of(claire.client.get(f"/en/reimbursements/{transfer.id}/pdf").content)
    assert "Private care" in " ".join(text.split())
    for hidden in ("Psychiatre", "Bleue", "4 Mar"):
        assert hidden not in text


def test_letters_that_cannot_be_printed_do_not_hold_a_statement_back(claire: Member) -> None:
    line = abroad(claire, provider="北京医院 Clinic")
    text = text_of(claire.client.get(f"/en/reimbursements/{line.transfer_id}/pdf").content)
    assert "???? Clinic" in " ".join(text.split())
    assert "question marks" in " ".join(text.split())
