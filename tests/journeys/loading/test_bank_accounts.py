"""A feed obeys the rule of every change of bank account: told, used after a wait, stopped by a link."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from havre.domains.payments import actions, queries
from havre.domains.payments.words import Standing
from havre.domains.people.models import Person
from havre.foundation.db import Role, acting
from havre.journeys.loading.records import BankAccount
from havre.journeys.loading.report import Outcome
from tests.builders import BUILDER, IBAN, a_bank_account, a_household, a_member
from tests.database import acting_as
from tests.journeys.account_opening.asking import outbox
from tests.journeys.loading.feeds import a_person
from tests.journeys.loading.tables import NOW, loaded, query, refusals

pytestmark = pytest.mark.django_db
OTHER, THIRD = "FR1420041010050500013M02606", "CH9300762011623852957"
WAIT = timedelta(hours=72)


def an_account(**changes: Any) -> BankAccount:
    fields: dict[str, Any] = {
        "source": "S",
        "external_id": "B-1",
        "household": "H-1",
        "person": "P-1",
        "currency": "EUR",
        "account_name": "Nathalie Exemple",
        "iban": OTHER,
    }
    return BankAccount(**(fields | changes))


@pytest.fixture
def person() -> Person:
    household = a_household(external_id="H-1")
    return a_member(
        household=household, person={"external_id": "P-1"}, email="n@example.org", language="en"
    )[0]


def standings(person: Person, *, after: timedelta = timedelta()) -> dict[str, Standing]:
    with acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id):
        seen = queries.accounts_of(
            household=person.household_id, people=[person.id], at=NOW + after
        )
    return {one.shown[-4:]: one.standing for one in seen}


def test_a_changed_account_is_told_and_used_after_72_hours(person: Person) -> None:
    a_bank_account(person=person, came_by="FEED", second_by=None)
    report = loaded(an_account())
    assert report.total(Outcome.CHANGED, "bank_account") == 1
    assert standings(person) == {"0189": Standing.IN_USE, "2606": Standing.WAITING}
    assert standings(person, after=WAIT) == {"0189": Standing.REPLACED, "2606": Standing.IN_USE}
    assert [mail.kind for mail in outbox()] == ["payments.account_changed"]


def test_the_same_file_again_changes_nothing(person: Person) -> None:
    loaded(an_account())
    report = loaded(an_account(), now=NOW + WAIT)
    assert report.changes_nothing
    assert len(outbox()) == 1


def test_an_account_that_comes_with_its_person_is_used_at_once_and_told_to_nobody() -> None:
    loaded(a_person(email="n@example.org"), an_account())
    assert query("SELECT state, usable_from, stop_until FROM payments_bankaccount") == [
        ("VERIFIED", NOW, None)
    ]
    assert outbox() == []


def test_what_the_member_or_the_desk_stands_behind_stays(person: Person) -> None:
    a_bank_account(person=person)
    report = loaded(an_account())
    assert report.total(Outcome.TO_REVIEW, "bank_account") == 1
    assert standings(person, after=WAIT) == {"0189": Standing.IN_USE, "2606": Standing.PROPOSED}
    assert query("SELECT source, kind FROM worklist_workitem") == [
        ("DIFFERENCE", "bank-account-from-feed")
    ]
    assert outbox() == []
    assert loaded(an_account()).changes_nothing


def test_one_that_was_stopped_does_not_come_back_by_a_feed(person: Person) -> None:
    loaded(an_account())
    ((account,),) = query("SELECT id FROM payments_bankaccount")
    stop(person, account)
    assert loaded(an_account()).changes_nothing
    assert standings(person, after=WAIT) == {"2606": Standing.STOPPED}


def stop(person: Person, account: UUID) -> None:
    with acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id):
        actions.stop(household=person.household_id, account=account, by="link", now=NOW)


def test_two_changes_in_three_days_leave_the_last(person: Person) -> None:
    loaded(an_account())
    loaded(an_account(iban=THIRD), now=NOW + WAIT / 2)
    assert standings(person, after=WAIT) == {"2606": Standing.REPLACED, "2957": Standing.WAITING}


def test_what_a_feed_proposed_the_desk_verifies(person: Person) -> None:
    known = a_bank_account(person=person)
    loaded(an_account())
    ((account,),) = query("SELECT id FROM payments_bankaccount WHERE state = 'PROPOSED'")
    with acting_as(Role.DESK), acting(actor=BUILDER, household=person.household_id):
        actions.validate(
            household=person.household_id,
            account=account,
            verified_by="agent-1",
            second_by="agent-2",
            instead_of=known.id,
            wait=WAIT,
            now=NOW,
        )
    assert standings(person, after=WAIT)["2606"] is Standing.IN_USE
    assert query("SELECT count(*) FROM worklist_workitem") == [(0,)]
    assert loaded(an_account(iban=IBAN)).total(Outcome.TO_REVIEW, "bank_account") == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"iban": None}, "iban: an account has an iban or an account_number, one of the two"),
        ({"account_number": "123456"}, "iban: an account has an iban or an account_number"),
        ({"iban": "FR7630006000011234567890188"}, "iban: is no IBAN (key)"),
        ({"iban": None, "account_number": "123456"}, "bic: is missing"),
        ({"bic": "NOTABIC"}, "bic: is no SWIFT code"),
        ({"currency": "XXQ"}, 'currency: "XXQ" is not a currency of ISO 4217'),
        ({"person": "P-9"}, 'person: the person "P-9" is neither in the feed nor known'),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    person: Person, changes: dict[str, Any], why: str
) -> None:
    (found,) = refusals(an_account(**changes))
    assert why in found
    assert "30006000" not in found


def test_two_accounts_in_one_currency_leave_open_where_a_refund_goes(person: Person) -> None:
    (found,) = refusals(an_account(), an_account(external_id="B-2", iban=IBAN))
    assert "person: has another account in EUR" in found
