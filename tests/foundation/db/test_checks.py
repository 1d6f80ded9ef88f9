"""The check at start-up finds each hole that would let the web role see another household."""

import pytest
from django.db import connection

from havre.foundation.db.checks import guard_faults
from havre.foundation.db.roles import Role
from tests.database import acting_as

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    with connection.cursor() as cursor:
        return guard_faults(cursor)


def planted(*statements: str) -> None:
    """Run statements as the superuser, inside the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {Role.WEB}")


def test_the_guard_as_migrated_is_whole():
    assert faults() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER ROLE havre_web SUPERUSER", "havre_web is a superuser"),
        ("ALTER ROLE havre_web BYPASSRLS", "havre_web has BYPASSRLS"),
        ("ALTER ROLE havre_web CREATEROLE", "havre_web may create roles"),
        ("GRANT havre_owner TO havre_web", "havre_web may become havre_owner"),
        ("ALTER ROLE havre_member BYPASSRLS", "havre_web may become havre_member"),
        (
            "ALTER TABLE health.line NO FORCE ROW LEVEL SECURITY",
            "health.line has rows of households",
        ),
        (
            "ALTER TABLE people_household DISABLE ROW LEVEL SECURITY",
            "public.people_household has rows of households",
        ),
        ("CREATE TABLE kept (household_id uuid)", "public.kept has rows of households"),
        ("CREATE SCHEMA other CREATE TABLE kept (household_id uuid)", "other.kept has rows"),
        ("CREATE VIEW seen AS SELECT * FROM people_person", "public.seen is a view"),
        (
            "CREATE VIEW seen WITH (security_invoker = false) AS SELECT * FROM people_person",
            "public.seen is a view",
        ),
        ("CREATE MATERIALIZED VIEW seen AS SELECT 1 AS one", "public.seen is a view"),
    ],
)
def test_a_hole_is_found(statement: str, said: str):
    planted(statement)
    (found,) = faults()
    assert found.startswith(said)


def test_a_table_that_the_web_role_owns_is_found():
    planted("CREATE TABLE mine (id int)", "ALTER TABLE mine OWNER TO havre_web")
    assert faults() == ["havre_web owns public.mine"]


def test_a_view_that_reads_as_its_reader_is_no_hole():
    planted("CREATE VIEW seen WITH (security_invoker = true) AS SELECT * FROM people_person")
    assert faults() == []


def test_the_owner_is_not_fit_to_serve():
    with acting_as(Role.OWNER):
        assert any("may become havre_owner" in fault for fault in faults())
