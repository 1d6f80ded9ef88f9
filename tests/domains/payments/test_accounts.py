"""An account is proposed, verified by two people, told to every address, used after the wait, stopped."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from havre.domains.payments import actions, queries
from havre.domains.payments.actions import (
    AlreadyDecided,
    ChangedMeanwhile,
    NoSuchAccount,
    SamePersonTwice,
    TooLateToStop,
    account_number,
)
from havre.domains.payments.queries import AccountSeen
from havre.domains.payments.words import CameBy, Standing
from havre.domains.people.models import Membership, Person
from havre.foundation.crypto import Place, link_token, provisional_key, vault
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, IBAN, NOW, a_bank_account, a_household, a_member
from tests.database import acting_as
from tests.journeys.account_opening.asking import outbox
from tests.journeys.loading.tables import query

pytestmark = pytest.mark.django_db
WAIT = timedelta(hours=72)
OTHER = "FR1420041010050500013M02606"


@pytest.fixture
def person() -> Person:
    return a_member(email="n.exemple@example.org", language="en")[0]


def proposed(person: Person, number: str = OTHER, **changes: object) -> UUID:
    fields: dict[str, object] = {
        "person": person.id,
        "number": account_number(number),
        "currency": "EUR",
        "account_name": "Nathalie Exemple",
        "came_by": CameBy.ONLINE,
        "now": NOW,
    }
    with acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id):
        return actions.propose(household=person.household_id, **(fields | changes))  # type: ignore[arg-type]


def validated(person: Person, account: UUID, **changes: object) -> AccountSeen:
    fields: dict[str, object] = {
        "verified_by": "agent-1",
        "second_by": "agent-2",
        "instead_of": None,
        "wait": WAIT,
        "now": NOW,
    }
    with acting_as(Role.DESK), acting(actor=BUILDER, household=person.household_id):
        return actions.validate(
            household=person.household_id,
            account=account,
            **(fields | changes),  # type: ignore[arg-type]
        )


def stopped(person: Person, account: UUID, *, after: timedelta = WAIT) -> actions.Stopped:
    with acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id):
        return actions.stop(
            household=person.household_id, account=account, by="link", now=NOW + after
        )


def used(person: Person, *, after: timedelta = timedelta()) -> UUID | None:
    with acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id):
        found = queries.usable_on(
            household=person.household_id, person=person.id, currency="EUR", at=NOW + after
        )
    return found.id if found else None


# --- Proposed, verified, used --------------------------------------------------------------------


def test_the_first_refund_goes_there_72_hours_after_two_people_verified_it(
    person: Person,
) -> None:
    before = a_bank_account(person=person)
    account = proposed(person)
    assert used(person, after=WAIT * 9) == before.id
    seen = validated(person, account, instead_of=before.id)
    assert (seen.standing, seen.usable_from) == (Standing.WAITING, NOW + WAIT)
    assert used(person, after=WAIT - timedelta(seconds=1)) == before.id
    assert used(person, after=WAIT) == account


def test_the_same_proposal_twice_is_one(person: Person) -> None:
    assert proposed(person) == proposed(person)
    assert query("SELECT count(*) FROM payments_bankaccount") == [(1,)]


def test_one_pair_of_eyes_verifies_nothing(person: Person) -> None:
    account = proposed(person)
    with pytest.raises(SamePersonTwice):
        validated(person, account, second_by="agent-1")
    assert outbox() == []


def test_nothing_is_decided_twice(person: Person) -> None:
    account = proposed(person)
    validated(person, account)
    with pytest.raises(AlreadyDecided):
        validated(person, account, instead_of=account)


def test_another_change_meanwhile_is_shown_and_not_replaced(person: Person) -> None:
    first, second = proposed(person), proposed(person, IBAN)
    validated(person, first)
    with pytest.raises(ChangedMeanwhile):
        validated(person, second)
    validated(person, second, instead_of=first)


def test_an_account_that_waits_is_never_used_once_another_is_verified(person: Person) -> None:
    first, second = proposed(person), proposed(person, IBAN)
    validated(person, first)
    validated(person, second, instead_of=first, now=NOW + WAIT / 2)
    assert used(person, after=WAIT * 1.2) is None
    assert used(person, after=WAIT * 1.5) == second


def test_a_refused_account_is_not_verified_later(person: Person) -> None:
    account = proposed(person)
    with acting_as(Role.DESK), acting(actor=BUILDER, household=person.household_id):
        actions.refuse(household=person.household_id, account=account, by="agent-1", now=NOW)
    with pytest.raises(AlreadyDecided):
        validated(person, account)


def test_one_account_a_currency(person: Person) -> None:
    euros = a_bank_account(person=person)
    francs = proposed(person, "CH9300762011623852957", currency="CHF")
    validated(person, francs)
    assert used(person, after=WAIT) == euros.id


# --- Told ----------------------------------------------------------------------------------------


def test_every_address_that_was_on_file_lately_is_told(person: Person) -> None:
    household = person.household_id
    with acting(actor=BUILDER, role=Role.MEMBER, household=household):
        change_email(person, "taken.over@example.org")
    validated(person, proposed(person))
    assert addresses() == {"taken.over@example.org", "n.exemple@example.org"}


def change_email(person: Person, email: str | None) -> None:
    Membership.objects.filter(person_id=person.id).update(email=email)


def addresses() -> set[str]:
    return {
        vault().open(
            bytes(mail.address), place=Place("notifications_outgoingmail", "address", str(mail.id))
        )
        for mail in outbox()
    }


def test_no_mail_and_no_row_of_the_outbox_holds_the_number(person: Person) -> None:
    validated(person, proposed(person))
    (mail,) = outbox()
    assert OTHER[4:-4] not in str(mail.__dict__)
    assert OTHER not in str(query("SELECT before::text, after::text FROM audit_change"))


# --- Stopped -------------------------------------------------------------------------------------


def test_the_link_stops_it_for_seven_days_and_the_account_before_comes_back(
    person: Person,
) -> None:
    before = a_bank_account(person=person)
    account = proposed(person)
    validated(person, account, instead_of=before.id)
    token = link_token(provisional_key(), account)
    assert queries.linked(token=token) == (person.household_id, account)
    assert queries.linked(token=token.swapcase()) is None
    result = stopped(person, account, after=timedelta(days=6))
    assert result.account.standing is Standing.STOPPED
    assert result.back is not None
    assert result.back.id == before.id
    assert used(person, after=timedelta(days=6)) == before.id
    assert [mail.kind for mail in outbox()] == [
        "payments.account_changed",
        "payments.account_stopped",
    ]


def test_it_is_stopped_once_and_not_after_seven_days(person: Person) -> None:
    account = proposed(person)
    validated(person, account)
    with pytest.raises(TooLateToStop):
        stopped(person, account, after=timedelta(days=7))
    stopped(person, account, after=timedelta(days=1))
    with pytest.raises(TooLateToStop):
        stopped(person, account, after=timedelta(days=2))


def test_the_house_stops_one_whenever_it_must(person: Person) -> None:
    account = a_bank_account(person=person)
    with pytest.raises(TooLateToStop):
        stopped(person, account.id)
    with acting_as(Role.DESK), acting(actor=BUILDER, household=person.household_id):
        actions.stop(
            household=person.household_id,
            account=account.id,
            by="agent-1",
            now=NOW,
            by_the_house=True,
        )
    assert used(person) is None


# --- Kept ----------------------------------------------------------------------------------------


def test_the_number_is_sealed_and_found_by_its_blind_index(person: Person) -> None:
    account = proposed(person)
    with acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id):
        (seen,) = queries.accounts_of(household=person.household_id, people=[person.id], at=NOW)
        assert (seen.shown, seen.bank_name) == ("FR14 •••• 2606", "LA BANQUE POSTALE")
        assert OTHER not in str(seen)
        assert queries.number_of(household=person.household_id, account=account) == OTHER
        assert queries.holders_of_number(typed="fr14 2004 1010 0505 0001 3m02 606") == [
            (person.household_id, person.id)
        ]
    ((sealed,),) = query("SELECT number FROM payments_bankaccount")
    assert OTHER.encode() not in bytes(sealed)


def test_the_history_keeps_no_digest(person: Person) -> None:
    validated(person, proposed(person))
    for before, after in query(
        "SELECT before, after FROM audit_change WHERE table_name = 'payments_bankaccount'"
    ):
        assert not {"number_index", "stop_digest"} & {*(before or {}), *(after or {})}


def test_another_households_account_is_not_there(person: Person) -> None:
    account = proposed(person)
    elsewhere = a_household()
    with acting(actor=BUILDER, role=Role.MEMBER, household=elsewhere):
        assert queries.account_of(household=elsewhere, account=account, at=NOW) is None
        with pytest.raises(NoSuchAccount):
            actions.stop(household=elsewhere, account=account, by="link", now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_bankaccount SET state = 'VERIFIED', ended_by = 'me'",
        "UPDATE payments_bankaccount SET usable_from = now()",
        "DELETE FROM payments_bankaccount",
    ],
)
def test_a_member_verifies_nothing(person: Person, statement: str) -> None:
    proposed(person)
    with (
        pytest.raises(DatabaseError),
        acting(actor=BUILDER, role=Role.MEMBER, household=person.household_id),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_itself_wants_two_people(person: Person) -> None:
    with pytest.raises(DatabaseError, match="two_people_verify_an_account"):
        a_bank_account(person=person, second_by="agent-1")
