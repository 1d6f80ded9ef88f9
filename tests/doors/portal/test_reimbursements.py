"""Transfers with their lines, six months, and what is not settled."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from havre.commons.accounts.models import Account
from havre.domains.people.models import Person
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.builders import a_household, a_line, a_member, a_person, a_transfer
from tests.database import acting_as
from tests.doors.portal.conftest import TODAY, Member, signed_in


@pytest.fixture
def mathieu(claire: Member) -> Person:
    """Another adult of the household."""
    person = {"first_name": "Mathieu", "birth_date": date(1984, 9, 2)}
    return a_member(household=claire.household, person=person, link="SPOUSE")[0]


def test_a_line_says_who_where_how_much_and_why(claire: Member) -> None:  # W29
    transfer = a_transfer(household=claire.household, iban_shown="FR76 •••• 4471", reference="V-1")
    a_line(
        person=claire.person,
        transfer=transfer,
        act="Ophtalmologue",
        provider="Dr Exemple",
        country="MX",
        spent=Decimal(2600),
        spent_currency="MXN",
        converted=Decimal(125),
        primary_share=Decimal("17.50"),
        reimbursed=Decimal("92.50"),
        left_to_pay=Decimal(15),
        reason="Votre garantie s’arrête à 110 €.",
        clause="article 12.3",
    )
    html = claire.page("reimbursements", language="fr")
    for said in (
        "Virement du 18 mars 2026",
        'compte <span class="nw">FR76 •••• 4471</span>',
        "Claire, 4 mars 2026, Dr Exemple, Mexique",
        "2\u202f600,00\u00a0MXN",
        "125,00\u00a0€",
        "17,50\u00a0€",
        "92,50\u00a0€",
        "15,00\u00a0€",
        "Votre garantie s’arrête à 110 €. (article 12.3)",
    ):
        assert said in html


def test_what_is_left_without_a_reason_says_so(claire: Member) -> None:
    transfer = a_transfer(household=claire.household)
    a_line(person=claire.person, transfer=transfer)
    assert "€10.00 left to pay. The reason was not stated." in claire.page("reimbursements")


def test_what_is_not_stated_is_not_zero(claire: Member) -> None:
    transfer = a_transfer(household=claire.household, total=Decimal(0))
    nothing = dict.fromkeys(("spent", "spent_currency", "reimbursed", "left_to_pay"))
    a_line(person=claire.person, transfer=transfer, **nothing)
    html = claire.page(f"reimbursements/{transfer.id}")
    assert html.count('<span class="soft">not stated</span>') == 4


def test_a_share_that_no_line_states_is_not_zero_in_the_sum(claire: Member) -> None:
    a_line(
        transfer=a_transfer(household=claire.household, total=Decimal("20.00"), settled_on=TODAY),
        person=claire.person,
        spent=Decimal("50.00"),
        spent_currency="EUR",
        primary_share=None,
        other_share=None,
        reimbursed=Decimal("20.00"),
        left_to_pay=Decimal("30.00"),
    )
    page = claire.page("reimbursements")
    summary = page.split("The last six months", 1)[1].split("By category of care", 1)[0]
    assert "not stated" in summary
    assert "€0.00" not in summary
    assert "the other shares are not all stated" in summary


@pytest.mark.parametrize("page", ["reimbursements", "reimbursements/{id}"])
def test_another_adults_care_is_one_row_that_keeps_the_amounts(
    claire: Member, mathieu: Person, page: str
) -> None:
    transfer = a_transfer(household=claire.household, payee="PROVIDER", payee_name="Clinique Bleue")
    for reimbursed in ("12.34", "20.00"):
        a_line(
            person=mathieu,
            transfer=transfer,
            act="Psychiatre",
            provider="Clinique Bleue",
            country="BR",
            care_date=date(2026, 2, 27),
            claim="C-777",
            category="MATERNITY",
            reason="Séances limitées",
            spent=Decimal(300),
            spent_currency="BRL",
            converted=Decimal(50),
            reimbursed=Decimal(reimbursed),
        )
    html = without_choices(claire.page(page.format(id=transfer.id)))
    rows = main_of(html)
    assert rows.count("<b>Private care</b>") == 1
    assert "Mathieu" not in rows
    assert "€32.34" in html
    assert "€100.00" in html
    for hidden in (
        "Psychiatre",
        "Bleue",
        "Brazil",
        "27 Feb",
        "C-777",
        "Maternity",
        "Séances",
        "BRL",
    ):
        assert hidden not in html


def test_the_breakdown_has_private_care_as_one_category(  # W27
    claire: Member, mathieu: Person
) -> None:
    transfer = a_transfer(household=claire.household, settled_on=TODAY)
    a_line(person=claire.person, transfer=transfer, primary_share=Decimal(0))
    a_line(person=mathieu, transfer=transfer, category="MATERNITY", primary_share=Decimal(0))
    html = without_choices(claire.page("reimbursements", language="fr"))
    assert '<th scope="row">Dentaire</th>' in html
    assert '<th scope="row">Soins confidentiels</th>' in html
    assert "Maternité" not in html
    assert "67\u00a0% remboursés par le contrat" in html
    assert "40,00\u00a0€</p>" in html


def test_older_transfers_are_a_page_away(claire: Member) -> None:
    for day in range(11):
        a_transfer(
            household=claire.household, settled_on=TODAY - timedelta(days=day), reference=f"V{day}."
        )
    first = claire.page("reimbursements")
    assert "V9." in first
    assert "V10." not in first
    token = first.partition("reimbursements?at=")[2].partition('"')[0]
    older = claire.page(f"reimbursements?at={token}")
    assert "V10." in older
    assert "V9." not in older
    assert "The last six months" not in older


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def without_choices(html: str) -> str:
    """The page but for the lists of its form, which name every category."""
    return re.sub("<select.*?</select>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize(
    "token", ["x", "%00", "MjAyNi0wNi0xNSA", "é", "MjAyNi0xMy00MCAx", "A" * 999]
)
@pytest.mark.parametrize("page", ["reimbursements", "reimbursements/not-settled"])
def test_a_word_we_never_wrote_is_the_first_page(claire: Member, page: str, token: str) -> None:
    a_transfer(household=claire.household)
    a_line(person=claire.person)
    first = claire.client.get(f"/en/{page}").content.decode()
    other = claire.client.get(f"/en/{page}", {"at": token})
    assert other.status_code == 200
    assert main_of(other.content.decode()) == main_of(first)


def test_a_long_transfer_shows_its_first_lines_and_leads_to_all(claire: Member) -> None:
    transfer = a_transfer(household=claire.household)
    for number in range(25):
        a_line(person=claire.person, transfer=transfer, act=f"Acte {number}.")
    html = claire.page("reimbursements")
    assert "Acte 19." in html
    assert "Acte 20." not in html
    assert "See the 5 other lines" in html
    assert "Acte 24." in claire.page(f"reimbursements/{transfer.id}")


def test_claims_not_settled_stand_apart_and_another_adults_are_not_shown(
    claire: Member, mathieu: Person
) -> None:
    a_line(person=claire.person, act="Radiographie", claim="D-1")
    a_line(person=mathieu, act="Psychiatre", claim="D-2")
    for page in ("reimbursements", "reimbursements/not-settled"):
        html = claire.page(page)
        assert "Not settled yet" in html
        assert "Radiographie" in html
        assert "Psychiatre" not in html
        assert "D-2" not in html


def test_claims_not_settled_go_on_page_after_page(claire: Member) -> None:
    for number in range(26):
        a_line(person=claire.person, claim=f"D{number}.", care_date=TODAY - timedelta(days=number))
    assert "All that is not settled" in claire.page("reimbursements")
    first = claire.page("reimbursements/not-settled")
    assert "D24." in first
    assert "D25." not in first
    token = first.partition("not-settled?at=")[2].partition('"')[0]
    assert "D25." in claire.page(f"reimbursements/not-settled?at={token}")


def test_anothers_transfer_is_a_missing_one(claire: Member) -> None:
    household = a_household()
    theirs = a_transfer(household=household)
    a_line(person=a_person(household=household), transfer=theirs)
    answers = [claire.client.get(f"/en/reimbursements/{one}") for one in (theirs.id, new_id())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(answers[0].content) == len(answers[1].content)


def test_what_is_typed_in_a_feed_is_text_never_markup(claire: Member) -> None:
    transfer = a_transfer(household=claire.household, reference="<b>R</b>")
    a_line(person=claire.person, transfer=transfer, act="<script>x</script>")
    html = claire.page("reimbursements")
    assert "<script>x" not in html
    assert "<b>R</b>" not in html


def test_words_in_another_language_than_the_page_are_said_to_be_so(claire: Member) -> None:
    # Principle 4: no page half translated without a word about it.
    transfer = a_transfer(household=claire.household)
    a_line(person=claire.person, transfer=transfer, act="Ophtalmologue", category="SPECIALIST")
    with acting_as(Role.OWNER):
        Account.objects.filter(id=claire.account.id).update(language="fr")
    english, french = (claire.page("reimbursements", language=one) for one in ("en", "fr"))
    assert '<span lang="fr">Ophtalmologue</span>' in english
    assert "Specialists, Claire" in english
    assert "in the language of your statements" in english
    assert ">Ophtalmologue</a>" in french
    assert "dans la langue de vos décomptes" not in french


def test_a_child_reads_a_brothers_or_sisters_care_as_private(claire: Member) -> None:
    born = {"Inès": date(2006, 5, 2), "Jules": date(2012, 3, 2)}
    (ines, her_place), (jules, _place) = (
        a_member(
            household=claire.household,
            person={"first_name": name, "birth_date": birth_date},
            link="CHILD",
        )
        for name, birth_date in born.items()
    )
    a_line(
        person=jules,
        transfer=a_transfer(household=claire.household),
        act="Psychologue",
        category="SPECIALIST",
    )
    assert "Psychologue" in claire.page("reimbursements")
    html = signed_in(person=ines, membership=her_place).page("reimbursements")
    assert "Psychologue" not in html
    assert "<b>Private care</b>" in html
    assert "Jules" not in main_of(html)
