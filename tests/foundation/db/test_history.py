"""The history says who changed what, by which way and what for, and cannot be written by hand."""

import json
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from havre.commons.accounts.models import Account
from havre.domains.contracts.models import ContractOption
from havre.domains.people.models import Membership, Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.database import acting_as
from tests.foundation.db.rows import a_household_everywhere

pytestmark = pytest.mark.django_db
FEED = Actor(name="import members", channel=Channel.FEED, purpose="load a feed")
DESK = Actor(name="desk-7", channel=Channel.COMMAND, purpose="correct an address")


@pytest.fixture
def household() -> UUID:
    with acting_as(Role.OWNER):
        return a_household_everywhere()[0]


def history(table: str, operation: str) -> list[dict[str, Any]]:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM audit_change WHERE table_name = %s AND operation = %s ORDER BY id",
            [table, operation],
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_a_change_says_who_how_why_and_the_changed_keys_only(household: UUID) -> None:
    with acting_as(Role.WORKER), acting(actor=DESK, household=household):
        Membership.objects.update(city="Port-Imaginaire", email="someone@example.org")
    (row,) = history("people_membership", "UPDATE")
    assert (row["actor"], row["channel"], row["purpose"]) == (DESK.name, "COMMAND", DESK.purpose)
    assert row["role"] == Role.WORKER
    assert row["household_id"] == household
    assert _json(row["before"]) == {"city": None, "email": None}
    assert _json(row["after"]) == {"city": "Port-Imaginaire", "email": "someone@example.org"}


def test_the_role_that_was_taken_is_named_not_the_one_who_signed_in(household: UUID) -> None:
    with acting_as(Role.WORKER), acting(actor=FEED, role=Role.BATCH):
        Person.objects.filter(household_id=household).update(family_name="Fictif")
    (row,) = history("people_person", "UPDATE")
    assert (row["role"], row["actor"]) == (Role.BATCH, FEED.name)


def test_one_statement_over_many_rows_is_a_row_each(household: UUID) -> None:
    with acting_as(Role.OWNER):
        a_household_everywhere()
    with acting_as(Role.WORKER), acting(actor=FEED, role=Role.BATCH):
        Person.objects.update(family_name="Fictif")
    assert len({row["row_id"] for row in history("people_person", "UPDATE")}) == 2


def test_what_did_not_change_leaves_no_trace(household: UUID) -> None:
    with acting_as(Role.WORKER), acting(actor=FEED, role=Role.BATCH):
        Person.objects.update(sort_key=Person.objects.get().sort_key)
    assert history("people_person", "UPDATE") == []


def test_a_row_that_comes_and_one_that_goes_are_told_whole(household: UUID) -> None:
    with acting_as(Role.OWNER):
        ContractOption.objects.filter(household_id=household).delete()
    (came,) = history("contracts_contractoption", "INSERT")
    (gone,) = history("contracts_contractoption", "DELETE")
    assert _json(came["after"]) == _json(gone["before"])
    assert (came["before"], gone["after"]) == (None, None)


def test_a_row_under_a_new_id_does_not_slip_past(household: UUID) -> None:
    new = new_id()
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_difference SET id = %s, field = 'email' WHERE household_id = %s",
            [new, household],
        )
    told = history("people_difference", "UPDATE")
    assert len(told) == 2
    assert {row["row_id"] for row in told} > {str(new)}


def test_hidden_columns_never_enter(household: UUID) -> None:
    with acting(actor=DESK):
        Account.objects.update(password="a hash that stays out of the history")
    (created,) = history("accounts_account", "INSERT")
    (changed,) = history("accounts_account", "UPDATE")
    assert "password" not in _json(created["after"])
    assert (changed["before"], changed["after"]) == (None, None)  # that it changed, not what to
    for table, column in (
        ("accounts_provisionalsecret", "digest"),
        ("people_difference", "feed_index"),
    ):
        assert all(column not in _json(row["after"]) for row in history(table, "INSERT"))


def test_history_stands_or_falls_with_the_act(household: UUID) -> None:
    point = transaction.savepoint()
    with acting_as(Role.WORKER), acting(actor=DESK, household=household):
        Membership.objects.update(city="Port-Imaginaire")
    assert history("people_membership", "UPDATE")
    transaction.savepoint_rollback(point)
    assert history("people_membership", "UPDATE") == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PUBLIC, Role.BATCH, Role.WORKER, Role.WEB])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM audit_change",
        "INSERT INTO audit_change (table_name, row_id, operation, role) VALUES ('t','1','INSERT','r')",
        "UPDATE audit_change SET actor = 'nobody'",
        "DELETE FROM audit_change",
        "TRUNCATE audit_change",
    ],
)
def test_nobody_reads_forges_or_mends_history(role: Role, statement: str) -> None:
    with acting_as(role):
        assert _refusal(statement) == "permission denied for table audit_change"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BATCH, Role.WORKER, Role.WEB])
def test_nobody_calls_the_writer_of_history(role: Role) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege(%s, 'public.audit_record()', 'EXECUTE')", [role]
        )
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_change SET actor = 'nobody'",
        "DELETE FROM audit_change",
        "TRUNCATE audit_change",
    ],
)
def test_the_owner_of_the_tables_does_not_mend_it_either(household: UUID, statement: str) -> None:
    with acting_as(Role.OWNER):
        assert _refusal(statement) == "history is append-only"


def _refusal(statement: str) -> str:
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        _execute(statement)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.errors.InsufficientPrivilege)
    return cause.diag.message_primary or ""


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _json(value: Any) -> dict[str, Any]:
    """Django's raw cursor leaves JSON as text."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else (value or {})
    return found
