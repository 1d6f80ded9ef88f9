"""The guard, asked of the database itself: every household table, as each role that could ask."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from havre.domains.people.models import Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.checks import DIRECTORY_TABLES, guard_faults
from havre.foundation.db.roles import SIGN_IN
from tests.database import acting_as
from tests.foundation.db.rows import a_household_everywhere, all_rows, household_models

pytestmark = pytest.mark.django_db
ASKS = Actor(name="test", channel=Channel.ONLINE, purpose="test")
# What the batch role may do, table by table: a grant more is a decision to write down here.
BATCH_MAY = {
    "public.contracts_contract": {"SELECT", "INSERT", "UPDATE"},
    "public.contracts_contractversion": {"SELECT", "INSERT", "DELETE"},
    "public.contracts_contractoption": {"SELECT", "INSERT", "UPDATE"},
    "public.contracts_cover": {"SELECT", "INSERT", "UPDATE"},
    "public.people_company": {"SELECT", "INSERT", "UPDATE"},
    "public.people_intermediary": {"SELECT", "INSERT", "UPDATE"},
    "public.people_household": {"SELECT", "INSERT"},
    "public.people_person": {"SELECT", "INSERT", "UPDATE"},
    "public.people_membership": {"SELECT", "INSERT", "UPDATE"},
    "public.people_difference": {"SELECT", "INSERT", "UPDATE"},
    "public.people_directory": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "public.people_formeremail": {"SELECT", "DELETE"},
    "public.payments_bankaccount": {"SELECT", "INSERT"},  # it updates three columns of it
    "public.payments_publishedrate": {"SELECT", "INSERT"},  # it updates the rate
    # Papers that members send: checked and kept by the worker, removed once nothing names them.
    "public.documents_document": {"INSERT", "DELETE"},
    "public.documents_upload": {"SELECT", "UPDATE", "DELETE"},
    "public.documents_uploadpart": {"SELECT", "DELETE"},
    "public.products_formula": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "public.products_guarantee": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "public.notifications_outgoingmail": {"INSERT"},
    "public.notifications_letter": {"INSERT"},
    "public.notifications_silencedmember": {"INSERT"},
    "public.privacy_consent": {"SELECT"},
    # An account that ends by itself: its sessions and known devices end with it.
    "public.accounts_knowndevice": {"DELETE"},
    "public.accounts_session": {"DELETE"},
    # Delays that are published are measured over all requests; drafts that nobody went on with go.
    "public.cases_case": {"SELECT"},
    "public.cases_opinion": {"SELECT"},
    "public.cases_delay": {"SELECT", "INSERT", "DELETE"},
    "public.cases_draft": {"DELETE"},
    "public.cases_published": {"SELECT", "INSERT", "DELETE"},
    # What was agreed to before care, for the claims that follow it.
    "health.agreement": {"SELECT"},
    "public.worklist_workitem": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    # Which feeds were refused, until they load well.
    "public.audit_loading": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "health.transfer": {"SELECT", "INSERT", "UPDATE"},
    "health.line": {"SELECT", "INSERT", "UPDATE"},
}


# What waits for the house, over all households and without a personal datum: the house sees all of it.
OF_THE_HOUSE = {"public.worklist_workitem"}


@pytest.fixture
def two_households() -> Iterator[tuple[UUID, UUID]]:
    with acting_as(Role.OWNER):
        first, _ = a_household_everywhere()
        second, _ = a_household_everywhere()
    yield first, second
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was built holds together


def ask(query: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall()) if cursor.description else []


def household_tables() -> list[str]:
    """From the catalogue, so that a table that no model knows is walked too."""
    found = ask(
        "SELECT format('%I.%I', nspname, relname) FROM pg_attribute "
        "JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE attname = 'household_id' AND relkind IN ('r', 'p') ORDER BY 1"
    )
    return ["public.people_household", *(row[0] for row in found if row[0] not in DIRECTORY_TABLES)]


def may(role: Role, right: str, table: str) -> bool:
    schema = table.partition(".")[0]
    return bool(
        ask(
            "SELECT has_schema_privilege(%s, %s, 'USAGE') AND has_any_column_privilege(%s, %s, %s)",
            role,
            schema,
            role,
            table,
            right,
        )[0][0]
    )


def seen_as(role: Role) -> dict[str, int]:
    return {table: all_rows(table) for table in household_tables() if may(role, "SELECT", table)}


def kept_apart(found: dict[str, int]) -> dict[str, int]:
    """Without the tables that the house sees all of."""
    return {table: rows for table, rows in found.items() if table not in OF_THE_HOUSE}


def refused(query: str) -> bool:
    """Whether the database refuses the statement for want of a right; it changes nothing."""
    point = transaction.savepoint()
    try:
        ask(query)
    except ProgrammingError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    finally:
        transaction.savepoint_rollback(point)
    return False


# --- Rows ----------------------------------------------------------------------------------------


def test_the_walk_finds_the_tables_that_matter() -> None:
    found = set(household_tables())
    assert {
        "health.line",
        "health.transfer",
        "public.people_person",
        "public.audit_reading",
    } <= found
    assert len(found) >= 10
    assert found | DIRECTORY_TABLES >= set(household_models())


def test_without_a_household_no_row_is_seen(two_households: tuple[UUID, UUID]) -> None:
    with acting(actor=ASKS, role=Role.MEMBER):
        member = seen_as(Role.MEMBER)
    with acting_as(Role.WORKER), acting(actor=ASKS):
        worker = kept_apart(seen_as(Role.WORKER))
    assert len(member) >= 9
    assert len(worker) >= 7
    assert {*member.values(), *worker.values()} == {0}


def test_with_a_household_its_rows_alone_are_seen(two_households: tuple[UUID, UUID]) -> None:
    with acting(actor=ASKS, role=Role.MEMBER, household=two_households[0]):
        member = seen_as(Role.MEMBER)
    with acting_as(Role.WORKER), acting(actor=ASKS, household=two_households[1]):
        worker = kept_apart(seen_as(Role.WORKER))
    assert {*member.values(), *worker.values()} == {1}


def test_the_web_user_itself_sees_no_row_of_a_household(two_households: tuple[UUID, UUID]) -> None:
    with acting(actor=ASKS, household=two_households[0]):
        assert seen_as(Role.WEB) == {}
        assert all(refused(f"SELECT 1 FROM {table}") for table in household_tables())


def test_a_raw_query_gives_the_household_s_rows_only(two_households: tuple[UUID, UUID]) -> None:
    first, second = two_households
    with acting(actor=ASKS, role=Role.MEMBER, household=first):
        assert ask("SELECT household_id FROM people_person") == [(first,)]
        assert ask("SELECT 1 FROM people_person WHERE household_id = %s", second) == []
        joined = "SELECT l.household_id FROM health.line l FULL JOIN people_person p ON true"
        assert set(ask(joined)) == {(first,)}


def test_a_feed_sees_all_households_and_no_other_role_does(
    two_households: tuple[UUID, UUID],
) -> None:
    with acting_as(Role.WORKER), acting(actor=ASKS, role=Role.BATCH):
        assert set(seen_as(Role.BATCH).values()) == {2}
    everywhere = ask(
        "SELECT DISTINCT unnest(polroles)::regrole::text, polrelid::regclass::text FROM pg_policy "
        "WHERE pg_get_expr(polqual, polrelid) = 'true'"
    )
    of_the_house = {table.removeprefix("public.") for table in OF_THE_HOUSE}
    apart = {role for role, table in everywhere if table not in of_the_house}
    assert apart == {Role.OWNER, Role.BATCH, Role.DESK}
    wide = {role for role, table in everywhere if table in of_the_house}
    assert not wide & {Role.MEMBER, Role.PUBLIC, Role.PRICING, Role.EDITOR}


def test_every_household_table_forces_row_security_on_every_role() -> None:
    unforced = ask(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE format('%%I.%%I', nspname, relname) = ANY (%s) "
        "AND NOT (relrowsecurity AND relforcerowsecurity)",
        household_tables(),
    )
    assert unforced == []


# --- Contexts ------------------------------------------------------------------------------------


def test_the_outer_context_comes_back(two_households: tuple[UUID, UUID]) -> None:
    first, second = two_households
    with acting(actor=ASKS, role=Role.MEMBER, household=first):
        with acting(actor=ASKS, household=second):
            assert Person.objects.get().household_id == second
        assert Person.objects.get().household_id == first
        assert ask("SELECT current_user::text") == [(Role.MEMBER,)]
    assert ask("SELECT current_user::text, current_setting('havre.household_id', true)") == [
        (Role.WEB, "")
    ]


def test_the_outer_context_comes_back_after_an_exception(
    two_households: tuple[UUID, UUID],
) -> None:
    first, second = two_households
    with acting(actor=ASKS, role=Role.MEMBER, household=first):
        with pytest.raises(KeyError), acting(actor=ASKS, role=Role.MEMBER, household=second):
            raise KeyError
        with (
            pytest.raises(DatabaseError),
            acting(actor=ASKS, role=Role.PUBLIC),
        ):
            ask("SELECT 1 FROM people_person")
        assert Person.objects.get().household_id == first


def test_a_context_within_does_not_widen_the_one_outside(
    two_households: tuple[UUID, UUID],
) -> None:
    """Without a household of its own, the inner one sees nothing rather than the outer one's."""
    with acting(actor=ASKS, role=Role.MEMBER, household=two_households[0]):
        with acting(actor=ASKS, role=Role.MEMBER):
            assert Person.objects.count() == 0
        assert Person.objects.count() == 1


# --- Views ---------------------------------------------------------------------------------------


def a_view(name: str, options: str = "") -> None:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(f"CREATE VIEW {name} {options} AS SELECT household_id FROM people_person")
        cursor.execute(f"GRANT SELECT ON {name} TO {Role.MEMBER}")


def test_a_view_of_the_invoker_gives_the_household_s_rows(
    two_households: tuple[UUID, UUID],
) -> None:
    a_view("test_seen", "WITH (security_invoker = true)")
    with acting(actor=ASKS, role=Role.MEMBER, household=two_households[0]):
        assert ask("SELECT household_id FROM test_seen") == [(two_households[0],)]
    with connection.cursor() as cursor:
        assert guard_faults(cursor) == []


def test_a_plain_view_leaks_and_the_start_refuses_it(two_households: tuple[UUID, UUID]) -> None:
    a_view("test_leaking")
    with acting(actor=ASKS, role=Role.MEMBER, household=two_households[0]):
        assert len(ask("SELECT household_id FROM test_leaking")) == 2  # the control: it does leak
    with connection.cursor() as cursor:
        assert [fault for fault in guard_faults(cursor) if "test_leaking" in fault]


# --- Roles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.PRICING, Role.PUBLIC])
def test_pricing_and_public_read_neither_health_nor_people(role: Role) -> None:
    walked = ask(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
        "WHERE schemaname = 'health' OR tablename LIKE 'people\\_%' OR tablename LIKE 'accounts\\_%'"
    )
    assert len(walked) >= 15
    # Somebody who opens an account hands in what they typed, and never reads it again.
    rights = {(name, right) for (name,) in walked for right in ("SELECT", "UPDATE", "INSERT")}
    granted = {(name, right) for name, right in rights if may(role, right, name)}
    asks_to_open = {("public.accounts_openingrequest", "INSERT")}
    assert granted == (asks_to_open if role is Role.PUBLIC else set())
    with acting_as(role):
        assert refused("SELECT 1 FROM health.line")
        assert refused("SELECT 1 FROM people_person")


def test_the_batch_role_has_the_tables_named_here_and_no_other() -> None:
    rows = ask(
        "SELECT format('%%I.%%I', nspname, relname), privilege_type FROM pg_class "
        "JOIN pg_namespace n ON n.oid = relnamespace, aclexplode(relacl) "
        "WHERE grantee IN (0, %s::regrole) AND nspname IN ('public', 'health') "
        "AND relkind IN ('r', 'p', 'v', 'm')",
        Role.BATCH,
    )
    found: dict[str, set[str]] = {}
    for table, right in rows:
        found.setdefault(table, set()).add(right)
    assert found == BATCH_MAY


def test_nothing_is_granted_to_everyone() -> None:
    granted = ask(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace, "
        "aclexplode(relacl) WHERE grantee = 0 AND nspname IN ('public', 'health')"
    )
    assert granted == []


@pytest.mark.parametrize(
    ("signed_in", "becomes"),
    [
        (Role.WEB, {Role.MEMBER, Role.PUBLIC}),
        (Role.DESK_WEB, {Role.DESK, Role.DESK_HEALTH, Role.DESK_MEDICAL, Role.EDITOR}),
        (
            Role.WORKER,
            {Role.BATCH, Role.EDITOR, Role.DESK, Role.DESK_HEALTH, Role.DESK_MEDICAL},
        ),
    ],
)
def test_who_signs_in_becomes_what_is_listed_and_nothing_else(
    signed_in: Role, becomes: set[Role]
) -> None:
    with acting_as(signed_in):
        allowed = {role for role in Role if role != signed_in and not refused(f"SET ROLE {role}")}
    assert allowed == becomes


@pytest.mark.parametrize("role", [Role.BATCH, Role.DESK, Role.WORKER])
def test_the_start_refuses_a_web_user_that_may_become_more(role: Role) -> None:
    with connection.cursor() as cursor:
        assert guard_faults(cursor) == []
        cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        cursor.execute(f"GRANT {role} TO {Role.WEB}")  # falls with the test's transaction
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {Role.WEB}")
        assert f"{Role.WEB} may become {role}" in guard_faults(cursor)


def test_the_roles_that_are_taken_cannot_sign_in_nor_escape() -> None:
    rows = ask(
        "SELECT rolname, rolcanlogin, rolinherit, "
        "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles "
        "WHERE rolname LIKE 'havre\\_%'"
    )
    assert {(name, signs_in) for name, signs_in, _, _ in rows} >= {
        (role, role in SIGN_IN) for role in Role
    }
    assert not any(inherits or escapes for _, _, inherits, escapes in rows)


def test_a_role_is_left_with_the_transaction(two_households: tuple[UUID, UUID]) -> None:
    """Without taking the role, the web user has none of its rights: nothing is inherited."""
    assert refused("SELECT 1 FROM people_person")
    with acting(actor=ASKS, role=Role.MEMBER, household=two_households[0]):
        ask("SELECT 1 FROM people_person")
    assert refused("SELECT 1 FROM people_person")


# --- What a member cannot read -------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        "procrastinate_jobs",
        "procrastinate_events",
        "accounts_account",
        "accounts_provisionalsecret",
        "accounts_openingrequest",
        "accounts_openingreview",
        "audit_change",
        "people_directory",
        "people_difference",
        "notifications_outgoingmail",
        "accounts_session",
    ],
)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.PUBLIC])
def test_a_member_does_not_read(role: Role, table: str) -> None:
    with acting(actor=ASKS, role=role):
        assert refused(f"SELECT 1 FROM {table}")
