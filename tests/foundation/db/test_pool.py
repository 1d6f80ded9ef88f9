"""A connection that served one request serves the next: nothing of the first may be left on it."""

from collections.abc import Iterator
from copy import deepcopy
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.db.utils import load_backend

from havre.domains.people.models import Person
from havre.foundation.db import Actor, Channel, Role, acting
from tests.database import acting_as
from tests.foundation.db.rows import a_household_everywhere

pytestmark = pytest.mark.django_db(transaction=True)
ASKS = Actor(name="test", channel=Channel.ONLINE, purpose="test")


@pytest.fixture
def household() -> UUID:
    with acting_as(Role.OWNER), acting(actor=ASKS):
        return a_household_everywhere()[0]


@pytest.fixture
def pooled(household: UUID) -> Iterator[None]:
    """The default connection, from a pool that holds a single one, as a process serves with."""
    plain = connections["default"]
    settings = deepcopy(plain.settings_dict)
    settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    made = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = made
    yield
    made.close()
    made.close_pool()
    connections["default"] = plain


def served_by() -> tuple[int, int, str]:
    """The server process that answers, the people it shows, and who asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_user::text")
        process, user = cursor.fetchone()
    return process, Person.objects.count(), user


def test_a_reused_connection_shows_nothing(pooled: None, household: UUID) -> None:
    with acting(actor=ASKS, role=Role.MEMBER, household=household):
        first = served_by()
    connection.close()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL ROLE {Role.MEMBER}"
        )  # past the guard, which says "nobody's" itself
        second = served_by()
    connection.close()
    with acting(actor=ASKS, role=Role.MEMBER):
        third = served_by()
    process = first[0]
    assert first == (process, 1, Role.MEMBER)
    assert second == third == (process, 0, Role.MEMBER)


def test_a_connection_left_by_a_failure_shows_nothing(pooled: None, household: UUID) -> None:
    with acting(actor=ASKS, role=Role.MEMBER, household=household):
        first = served_by()
    with pytest.raises(KeyError), acting(actor=ASKS, role=Role.MEMBER, household=household):
        raise KeyError
    connection.close()
    with acting(actor=ASKS, role=Role.MEMBER):
        assert served_by() == (first[0], 0, Role.MEMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_setting('havre.actor', true)")
        assert cursor.fetchone() == (Role.WEB, "")


def test_a_setting_of_the_session_would_leak(pooled: None, household: UUID) -> None:
    """The control: were the context not local to its transaction, the next request would have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('havre.household_id', %s, false)", [str(household)])
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {Role.MEMBER}")
    assert served_by()[1] == 1
