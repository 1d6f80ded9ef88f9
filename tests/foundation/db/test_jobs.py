"""Anyone who acts may ask for background work; only the worker sees what was asked."""

from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from havre.commons.notifications.actions import SEND
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.jobs import add_job
from tests.database import acting_as

pytestmark = pytest.mark.django_db
ASKS = Actor(name="test", channel=Channel.ONLINE, purpose="test")


def jobs() -> list[tuple[str, object]]:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'mail_id' FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.PUBLIC])
def test_a_job_is_added_by_one_who_cannot_read_it(role: Role | None) -> None:
    mail = str(uuid4())
    with acting(actor=ASKS, role=role):
        add_job(SEND, mail_id=mail)
        point = transaction.savepoint()
        with pytest.raises(ProgrammingError) as caught, connection.cursor() as cursor:
            cursor.execute("SELECT args FROM procrastinate_jobs")
        transaction.savepoint_rollback(point)
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert jobs() == [(SEND, mail)]


def test_a_job_falls_with_the_act_that_asked_for_it() -> None:
    point = transaction.savepoint()
    with acting(actor=ASKS, role=Role.MEMBER):
        add_job(SEND, mail_id=str(uuid4()))
    assert jobs()
    transaction.savepoint_rollback(point)
    assert jobs() == []


def test_in_a_worker_too_a_job_is_of_the_transaction_of_the_act() -> None:
    """There the queue works on connections of its own, which commit at once."""
    mail = str(uuid4())
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()), app.open():
        point = transaction.savepoint()
        with acting(actor=ASKS):
            add_job(SEND, mail_id=mail)
        assert jobs() == [(SEND, mail)]
        transaction.savepoint_rollback(point)
    assert jobs() == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PUBLIC, Role.WEB, Role.BATCH])
def test_nothing_else_of_the_queue_is_open_to_those_who_ask(role: Role) -> None:
    """The one function's name may change with a release of the queue: here it is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef FROM pg_proc WHERE proname LIKE 'procrastinate\\_%%' "
            "AND pronamespace = 'public'::regnamespace AND has_function_privilege(%s, oid, 'EXECUTE')",
            [role],
        )
        assert cursor.fetchall() == [("procrastinate_defer_jobs_v1", True)]
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'procrastinate\\_%%' "
            "AND relkind = 'r' AND has_any_column_privilege(%s, oid, "
            "'SELECT, INSERT, UPDATE, REFERENCES')",
            [role],
        )
        assert cursor.fetchall() == []


def test_the_function_that_runs_as_its_owner_trusts_no_search_path() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
            "AND NOT coalesce(array_to_string(proconfig, ' ') LIKE 'search_path=%%pg_temp', false)"
        )
        assert cursor.fetchall() == []
