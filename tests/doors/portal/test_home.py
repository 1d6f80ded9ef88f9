"""The first page: what waits, who is covered, what was reimbursed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from tests.builders import a_contract, a_cover, a_formula, a_line, a_member, a_transfer
from tests.doors.portal.conftest import TODAY, Member, signed_in
from tests.messages import a_conversation, answered

PAGES = ["", "contracts", "reimbursements", "reimbursements/not-settled", "certificates"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_an_empty_household_reads(claire: Member, path: str, language: str) -> None:
    html = claire.page(path, language=language)
    assert f'<html lang="{language}"' in html


@pytest.mark.parametrize("path", PAGES)
def test_nobody_signed_in_is_sent_to_sign_in(claire: Member, path: str) -> None:
    claire.client.logout()
    answer = claire.client.get(f"/fr/{path}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == ("/fr/sign-in?again" if path else "/fr/sign-in")


def test_a_session_that_ended_is_told_at_sign_in(claire: Member) -> None:
    claire.client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = claire.client.get("/en/", follow=True)
    assert answer.redirect_chain == [("/en/sign-in?again", 302)]
    assert "Sign in to go on" in answer.content.decode()
    wrong = claire.client.post("/en/sign-in?again", {"number": "HV 1", "password": "x"})
    assert "Sign in to go on" not in wrong.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_personal_pages_are_kept_by_no_cache(claire: Member, path: str) -> None:
    assert claire.client.get(f"/fr/{path}").headers["Cache-Control"] == "no-store"


def test_the_last_sign_in_is_said_with_its_time_zone(claire: Member) -> None:  # W15
    html = claire.page("", language="fr")
    assert "Bonjour Claire" in html
    assert "vendredi 12 juin 2026 à 7\u00a0h\u00a042, heure de Mexico" in html


def test_at_the_first_sign_in_there_is_no_last_one(that_day: None, db: None) -> None:
    someone = signed_in(previous_sign_in=None)
    assert "Last sign-in" not in someone.page("")


def test_a_cover_that_ends_within_60_days_waits_for_the_member(claire: Member) -> None:
    contract = a_contract(household=claire.household, last_day=TODAY + timedelta(days=60))
    a_cover(contract=contract, person=claire.person)
    html = claire.page("")
    assert "What needs you now" in html
    assert "Cover of Claire ends on 14 August 2026" in html


def test_a_cover_that_ends_later_does_not(claire: Member) -> None:
    contract = a_contract(household=claire.household, last_day=TODAY + timedelta(days=61))
    a_cover(contract=contract, person=claire.person)
    html = claire.page("")
    assert "What needs you now" not in html
    assert "In force until 15 August 2026" in html


def test_an_answer_that_was_not_read_is_told_of_until_it_is(claire: Member) -> None:
    home = {"household": claire.household, "membership": claire.membership.id}
    made = a_conversation(**home)
    assert "answered" not in claire.page("")
    answered(claire.household, made, "Here")
    assert "We have answered your message" in claire.page("")
    assert f'href="/en/messages/{made}"' in claire.page("")
    answered(claire.household, a_conversation(**home), "There")
    assert "Nous avons répondu dans 2 conversations" in claire.page("", language="fr")
    claire.page(f"messages/{made}")
    assert f'href="/en/messages/{made}"' not in claire.page("")


def test_contracts_in_force_and_to_come_have_their_dates(claire: Member) -> None:
    formula = a_formula()
    a_contract(household=claire.household, formula_id=formula.id)
    a_contract(household=claire.household, title="Cap Retour", first_day=date(2026, 9, 1))
    a_contract(household=claire.household, title="Jadis", last_day=date(2025, 1, 1))
    html = claire.page("", language="fr")
    assert "Escale Confort" in html
    assert "En vigueur depuis le 1er janvier 2024" in html
    assert "Cap Retour" in html
    assert "À partir du 1er septembre 2026" in html
    assert "Jadis" not in html


def test_who_is_covered_and_from_when(claire: Member) -> None:
    child = {"first_name": "Jules", "birth_date": date(2022, 6, 8), "external_id": "J"}
    jules, _membership = a_member(household=claire.household, person=child, link="CHILD")
    contract = a_contract(household=claire.household)
    a_cover(contract=contract, person=jules, first_day=date(2026, 7, 1))
    html = claire.page("")
    assert "Child, aged 4" in html
    assert "Covered from 1 July 2026" in html
    assert "No cover" in html  # Claire herself


def test_each_currency_has_its_own_six_months_with_exact_figures(claire: Member) -> None:  # W26
    a_transfer(household=claire.household, settled_on=TODAY, total=Decimal("159.15"))
    a_transfer(household=claire.household, settled_on=date(2026, 1, 2), total=Decimal(10))
    a_transfer(household=claire.household, settled_on=TODAY, total=Decimal(7), currency="USD")
    html = claire.page("")
    assert "Reimbursed over six months, in EUR" in html
    assert "€169.15" in html
    assert "Reimbursed over six months, in USD" in html
    assert "January to June 2026" in html
    assert "The highest month is June, with €159.15." in html
    assert html.count("<caption") == 2


def test_the_three_newest_transfers_lead_to_their_lines(claire: Member) -> None:
    made = [
        a_transfer(household=claire.household, settled_on=TODAY - timedelta(days=day))
        for day in range(4)
    ]
    a_line(person=claire.person, transfer=made[0])
    html = claire.page("")
    assert [f"/en/reimbursements/{one.id}" in html for one in made] == [True, True, True, False]
    assert "1 item," in html
