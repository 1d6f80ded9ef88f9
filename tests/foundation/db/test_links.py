"""A row cannot be linked to another household's: a key on ``id`` alone would pass row security by."""

import psycopg
import pytest
from django.db import IntegrityError, connection, models, transaction

from havre.foundation.db import Role
from havre.foundation.db.fields import HouseholdForeignKey, HouseholdReference
from tests.database import acting_as
from tests.foundation.db.rows import a_household_everywhere, household_models, points_to

pytestmark = pytest.mark.django_db
# Ids in household tables that point to no row of a household, each with why.
POINTS_ELSEWHERE = {
    "formula_id": "products are shared",
    "employer_id": "companies are shared",
    "intermediary_id": "intermediaries are shared",
    "account_id": "kept after the account is gone: who looked stays known",
    "issued_by": "an account, kept after it is gone: who issued stays known",
    "staff_id": "staff are nobody's household, and who looked stays known when they leave",
    "case_id": "requests are told apart from what was opened for them, and end before it",
    "author_id": "an account or a staff member: who wrote stays known",
    "client_key": "drawn with a form, so that what is sent twice is kept once",
    "subject_id": "a draft, a request or a conversation: which of them, the table does not say",
    "by": "staff are nobody's household",
    "uploaded_by": "an account or a staff member: who sent stays known",
    "source_id": "what waits: a request, a review or another, which the source says",
    "assigned_to": "staff are nobody's household",
    "decided_by": "staff are nobody's household",
    "proposed_by": "staff are nobody's household",
    "undone_by": "staff are nobody's household",
    "printed_by": "staff are nobody's household",
    "kept_from": "staff are nobody's household",
    "follows": "never looked up: it only keeps the same step from being added twice",
}
# Anyone may put a mail in the outbox, and no page reads it: a membership there only takes mails back.
WITHOUT_A_KEY = {
    ("public.notifications_outgoingmail", "membership_id"),
    # Of no household at times; it goes when what it names is done.
    ("public.worklist_workitem", "membership_id"),
}
BY_A_TRIGGER = "public.audit_change"


def links() -> list[tuple[str, str, str]]:
    """Every column that refers to a row of the same household: its table, itself, the other table."""
    return [
        (table, field.column, other)
        for table, model in sorted(household_models().items())
        for field in model._meta.concrete_fields
        if (other := points_to(field)) and (table, field.column) not in WITHOUT_A_KEY
    ]


def key_of(table: str, column: str, other: str) -> str | None:
    """The composite key's name, or none: (household_id, column) to (household_id, id)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass "
            "AND confrelid = %s::regclass AND pg_get_constraintdef(oid) LIKE %s",
            [table, other, f"FOREIGN KEY (household_id, {column}) REFERENCES %(household_id, id)%"],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def test_every_field_that_can_point_is_walked() -> None:
    declared = {
        (table, field.column)
        for table, model in household_models().items()
        for field in model._meta.concrete_fields
        if isinstance(field, HouseholdReference | HouseholdForeignKey)
    }
    walked = {(table, column) for table, column, _ in links()}
    assert declared <= walked
    undecided = {
        f"{table}.{field.attname}"
        for table, model in household_models().items()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField | models.ForeignKey)
        and field.attname not in {"id", "household_id", *POINTS_ELSEWHERE}
        and (table, field.column) not in walked | WITHOUT_A_KEY
        and table != BY_A_TRIGGER
    }
    assert undecided == set()


def test_every_row_of_a_household_is_the_household_s() -> None:
    """A household that does not exist has no rows, in the directories either."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND confrelid = 'people_household'::regclass "
            "AND pg_get_constraintdef(oid) LIKE 'FOREIGN KEY (household_id) %%'"
        )
        owned = {row[0].removeprefix("public.") for row in cursor.fetchall()}
    named = {table.removeprefix("public.") for table in household_models()}
    # A mail may be put in the outbox by anyone, the history's rows by its trigger, and what waits for the
    # house may be of no household.
    assert named - owned == {"audit_change", "notifications_outgoingmail", "worklist_workitem"}


@pytest.mark.parametrize(("table", "column", "other"), links())
def test_the_database_refuses_another_household_s_row(table: str, column: str, other: str) -> None:
    with acting_as(Role.OWNER):  # the web user does not even see the names in the health schema
        name = key_of(table, column, other)
    assert name, f"{table}.{column} has no composite key to {other}"
    with acting_as(Role.OWNER):
        (here, _), (there, ids) = a_household_everywhere(), a_household_everywhere()
        tried = transaction.savepoint()
        cause = _fault(
            f"DELETE FROM {table} WHERE household_id = '{there}'",  # its place may be unique
            f"UPDATE {table} SET {column} = '{ids[other]}' WHERE household_id = '{here}'",
            f"SET CONSTRAINTS {table.partition('.')[0]}.{name} IMMEDIATE",
        )
        transaction.savepoint_rollback(tried)
    assert isinstance(cause, psycopg.errors.ForeignKeyViolation)


@pytest.mark.parametrize(
    "link",
    [
        ("public.people_membership", "person_id", "public.people_person"),
        ("public.contracts_cover", "contract_id", "public.contracts_contract"),
        ("public.contracts_cover", "person_id", "public.people_person"),
        ("health.line", "transfer_id", "health.transfer"),
    ],
)
def test_the_links_that_matter_most_are_among_those_tried(link: tuple[str, str, str]) -> None:
    assert link in links()


def _fault(*statements: str) -> BaseException | None:
    """What the database says of the last statement."""
    *before, last = statements
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        with pytest.raises(IntegrityError) as caught:
            cursor.execute(last)
    return caught.value.__cause__
