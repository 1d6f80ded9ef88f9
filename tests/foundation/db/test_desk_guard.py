"""What staff see, asked of the database: one household's file, and its health only while it is open."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError, ProgrammingError

from havre.commons.audit.actions import close_health, open_health
from havre.commons.audit.queries import openings_of
from havre.commons.audit.words import OpeningPurpose
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.checks import guard_faults
from havre.foundation.db.roles import DESK_ROLES
from tests.database import acting_as
from tests.foundation.db.rows import a_household_everywhere, all_rows
from tests.foundation.db.test_guard import ask, household_tables, kept_apart, may, refused, seen_as

pytestmark = pytest.mark.django_db
BEYOND = (Role.DESK_HEALTH, Role.DESK_MEDICAL)
STAFF = uuid4()
# What the desk reads over all households: to find somebody, and nothing else of them.
SEARCHED = {
    "public.payments_bankaccount",
    "public.people_household",
    "public.people_membership",
    "public.people_person",
    "public.cases_case",  # which there is, of whom; what it says is under the guard
    "public.cases_opinion",  # a figure from one to five,
    # Whose files are of one's scope, and who had this address lately.
    "public.contracts_contract",
    "public.people_formeremail",
}
# Tables with sealed or hashed columns that sign members in, which no role of the desk may read.
SECRETS = {
    "accounts_account": ("password",),
    "accounts_provisionalsecret": ("digest",),
    "accounts_emailcode": ("digest", "email"),
    "accounts_session": ("session_key", "session_data"),
    "accounts_knowndevice": ("digest",),
    "accounts_passkey": ("credential", "public_key"),
    "accounts_codeapp": ("secret",),
    "accounts_recoverycode": ("digest",),
    "accounts_changenotice": ("digest",),
    "notifications_outgoingmail": ("address", "facts", "about"),
}
UNREAD = ("accounts_openingrequest", "accounts_throttle", "audit_change", "procrastinate_jobs")


def by(staff: UUID = STAFF) -> Actor:
    return Actor(name=str(staff), channel=Channel.DESK, purpose="test")


@pytest.fixture
def two_households() -> Iterator[tuple[UUID, UUID]]:
    with acting_as(Role.OWNER):
        first, _ = a_household_everywhere()
        second, _ = a_household_everywhere()
    with acting_as(Role.DESK_WEB):
        yield first, second


def opened(household: UUID, *, staff: UUID = STAFF, minutes: int = 30) -> None:
    now = datetime.now(UTC)
    with acting(actor=by(staff), role=Role.DESK, household=household):
        open_health(
            household=household,
            staff=staff,
            name="Nadia",
            purpose=OpeningPurpose.QUESTION,
            case=None,
            now=now,
            until=now + timedelta(minutes=minutes),
        )


def seen(role: Role, household: UUID | None, *, staff: UUID = STAFF) -> dict[str, int]:
    """Rows by table, but for the journal of openings, which the policies themselves must ask, for what
    waits for the house, and for what each types for themselves (tests/commons/messaging/test_drafts.py,
    tests/doors/desk/test_behalf.py)."""
    with acting(actor=by(staff), role=role, household=household):
        found = kept_apart(seen_as(role))
    for own in ("audit_opening", "messaging_draft", "cases_draft"):
        del found[f"public.{own}"]
    return found


# --- The household in context --------------------------------------------------------------------


def test_the_desk_sees_one_household_and_finds_people_over_all(
    two_households: tuple[UUID, UUID],
) -> None:
    found = seen(Role.DESK, two_households[0])
    wide = {table for table, rows in found.items() if rows == 2}
    assert wide == SEARCHED
    assert {rows for table, rows in found.items() if table not in SEARCHED} == {1}
    assert {"public.contracts_contract", "public.documents_document"} <= set(found)


def test_without_a_household_the_desk_finds_people_and_nothing_else(
    two_households: tuple[UUID, UUID],
) -> None:
    found = seen(Role.DESK, None)
    assert {table for table, rows in found.items() if rows} == SEARCHED


def test_what_is_searched_over_all_households_is_written_in_one(
    two_households: tuple[UUID, UUID],
) -> None:
    first, second = two_households
    with acting(actor=by(), role=Role.DESK, household=first), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET first_name = 'Zoé' RETURNING household_id")
        assert cursor.fetchall() == [(first,)]
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(actor=by(), role=Role.DESK, household=first),
    ):
        ask(
            "INSERT INTO people_membership (id, household_id, person_id, link, language, origin) "
            "SELECT gen_random_uuid(), household_id, id, 'SPOUSE', 'fr', '{}' FROM people_person "
            "WHERE household_id = %s",
            second,
        )


@pytest.mark.parametrize("role", BEYOND)
def test_nothing_is_searched_with_health_open(
    role: Role, two_households: tuple[UUID, UUID]
) -> None:
    opened(two_households[0])
    assert set(seen(role, two_households[0]).values()) == {1}
    assert set(seen(role, None).values()) == {0}


# --- Health is closed ----------------------------------------------------------------------------


def test_the_desk_itself_never_enters_health(two_households: tuple[UUID, UUID]) -> None:  # S10
    opened(two_households[0])
    with acting(actor=by(), role=Role.DESK, household=two_households[0]):
        assert refused("SELECT 1 FROM health.line")
        assert refused("SELECT 1 FROM health.transfer")


@pytest.mark.parametrize("role", BEYOND)
def test_health_stays_closed_until_it_is_opened(
    role: Role, two_households: tuple[UUID, UUID]
) -> None:
    first, second = two_households
    assert set(seen(role, first).values()) == {0}
    opened(second)
    opened(first, staff=uuid4())
    assert set(seen(role, first).values()) == {0}
    opened(first)
    assert seen(role, first)["health.line"] == seen(role, first)["health.transfer"] == 1


@pytest.mark.parametrize("role", BEYOND)
def test_health_closes_by_itself_and_before(role: Role, two_households: tuple[UUID, UUID]) -> None:
    household, _ = two_households
    opened(household, minutes=-1)
    assert seen(role, household)["health.line"] == 0
    opened(household)
    assert seen(role, household)["health.line"] == 1
    with acting(actor=by(), role=Role.DESK, household=household):
        assert close_health(household=household, now=datetime.now(UTC)) == 1
    assert seen(role, household)["health.line"] == 0


def test_each_role_has_its_compartments(two_households: tuple[UUID, UUID]) -> None:
    household, _ = two_households
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        for compartment in ("HEALTH", "MEDICAL"):
            columns = ask(
                "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid ="
                " 'documents_document'::regclass AND attnum > 0 AND NOT attisdropped"
                " AND attname NOT IN ('id', 'compartment')"
            )[0][0]
            cursor.execute(
                f"INSERT INTO documents_document (id, compartment, {columns}) "
                f"SELECT gen_random_uuid(), %s, {columns} FROM documents_document "
                "WHERE household_id = %s LIMIT 1",
                [compartment, household],
            )
    opened(household)
    for role, count in zip(DESK_ROLES, (1, 2, 3), strict=True):
        with acting(actor=by(), role=role, household=household):
            assert all_rows("documents_document") == count


# --- Openings ------------------------------------------------------------------------------------


def test_nobody_opens_in_another_s_name(two_households: tuple[UUID, UUID]) -> None:
    household, _ = two_households
    now = datetime.now(UTC)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(actor=by(), role=Role.DESK, household=household),
    ):
        open_health(
            household=household,
            staff=uuid4(),
            name="Nadia",
            purpose=OpeningPurpose.QUESTION,
            case=None,
            now=now,
            until=now + timedelta(minutes=5),
        )


def test_an_opening_ends_within_a_day_and_is_never_made_longer(
    two_households: tuple[UUID, UUID],
) -> None:
    household, _ = two_households
    with pytest.raises(IntegrityError, match="an_opening_ends"):
        opened(household, minutes=24 * 60 + 1)
    opened(household)
    for change in ("until = until + interval '1 hour'", "staff_name = 'Nobody'"):
        with (
            pytest.raises(DatabaseError),
            acting(actor=by(), role=Role.DESK, household=household),
        ):
            ask(f"UPDATE audit_opening SET {change} WHERE until > now()")
    with acting(actor=by(), role=Role.DESK, household=household):
        assert refused("DELETE FROM audit_opening")


def test_opened_again_for_the_same_is_one_opening_and_the_member_reads_it(
    two_households: tuple[UUID, UUID],
) -> None:
    household, other = two_households
    before = len(read_by_the_member(household))
    opened(household)
    opened(household)
    told = read_by_the_member(household)
    assert len(told) == before + 1
    assert ("Nadia", OpeningPurpose.QUESTION) in told
    assert len(read_by_the_member(other)) == before


def read_by_the_member(household: UUID) -> list[tuple[str, OpeningPurpose]]:
    with acting_as(Role.WEB), acting(actor=by(), role=Role.MEMBER, household=household):
        return [(one.staff_name, one.purpose) for one in openings_of(household=household)]


# --- What the desk never reads -------------------------------------------------------------------


@pytest.mark.parametrize("role", [*DESK_ROLES, Role.DESK_WEB])
def test_the_desk_reads_nothing_that_signs_a_member_in(role: Role) -> None:
    for table, columns in SECRETS.items():
        for column in columns:
            assert not ask(
                "SELECT has_column_privilege(%s, %s, %s, 'SELECT')", role, table, column
            )[0][0], f"{table}.{column}"
    # The counters of failures are keyed hashes, which the gate of the desk counts in as well.
    unread = {*UNREAD} - ({"accounts_throttle"} if role is Role.DESK_WEB else set())
    assert not [table for table in unread if may(role, "SELECT", f"public.{table}")]


# What the desk writes of an account when it opens one.
OPENED = [
    "id",
    "household_id",
    "membership_id",
    "person_id",
    "number_key",
    "language",
    "state",
    "opened_at",
]


def test_no_role_of_the_desk_sets_a_password() -> None:
    for role in (*DESK_ROLES, Role.DESK_WEB):
        for act in ("INSERT", "UPDATE"):
            assert not ask(
                "SELECT has_column_privilege(%s, 'accounts_account', 'password', %s)", role, act
            )[0][0]


@pytest.mark.parametrize("role", DESK_ROLES)
def test_the_desk_opens_an_account_and_says_nothing_else_of_it(role: Role) -> None:
    written = ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'accounts_account'::regclass"
        " AND attnum > 0 AND has_column_privilege(%s, attrelid, attnum, 'INSERT')",
        role,
    )
    assert {name for (name,) in written} == set(OPENED)


def test_the_desk_s_user_itself_reads_no_row_of_a_household() -> None:
    assert [table for table in household_tables() if may(Role.DESK_WEB, "SELECT", table)] == []
    assert [table for table in household_tables() if may(Role.EDITOR, "SELECT", table)] == []


def test_the_start_of_the_desk_is_refused_where_its_user_may_become_more() -> None:
    with acting_as(Role.DESK_WEB), connection.cursor() as cursor:
        assert guard_faults(cursor) == []
        cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        cursor.execute(f"GRANT {Role.MEMBER} TO {Role.DESK_WEB}")
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {Role.DESK_WEB}")
        assert guard_faults(cursor) == [f"{Role.DESK_WEB} may become {Role.MEMBER}"]
