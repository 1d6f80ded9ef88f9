"""Taking a role, a household and an actor for the time of one transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from havre.foundation.db.roles import Role

_READ = (
    "SELECT current_setting('role', true), current_setting('havre.household_id', true), "
    "current_setting('havre.actor', true)"
)
# One statement, and local to the transaction: a session-level setting would leak through the pool.
_ENTER = (
    "SELECT set_config('role', %s, true), set_config('havre.household_id', %s, true), "
    "set_config('havre.actor', %s, true)"
)


class Channel(StrEnum):
    """The way by which something was asked."""

    ONLINE = "ONLINE"
    FEED = "FEED"
    COMMAND = "COMMAND"
    JOB = "JOB"
    DESK = "DESK"
    PHONE = "PHONE"
    POST = "POST"
    MAIL = "MAIL"


@dataclass(frozen=True)
class Actor:
    """Who acts, by which channel and what for. ``name`` is an id or a command, never a person's name.

    At the desk it is the staff member's id, which the policies of health read.
    """

    name: str
    channel: Channel
    purpose: str

    def as_setting(self) -> str:
        return json.dumps(
            {"actor": self.name, "channel": self.channel, "purpose": self.purpose},
            separators=(",", ":"),
        )


@contextmanager
def acting(
    *, actor: Actor, role: Role | None = None, household: UUID | None = None
) -> Iterator[None]:
    """Open a transaction in which the database knows who is asking.

    Without ``role`` the user that signed in to the database stays what it is. Without ``household``
    no row of any household is visible to a member's or a worker's role. Nested, the outer context
    comes back on leaving; the outermost one ends with its transaction.
    """
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        before = _settings_now(cursor) if nested else None
        cursor.execute(
            _ENTER,
            [
                role or (before[0] if before else "none"),
                str(household) if household else "",
                actor.as_setting(),
            ],
        )
        yield
        if before:
            # A released savepoint keeps its settings, so they are put back by hand. After an
            # exception the rollback of the savepoint has done it already.
            cursor.execute(_ENTER, before)


def _settings_now(cursor: object) -> list[str]:
    cursor.execute(_READ)  # type: ignore[attr-defined]  # Django's cursor wrapper is untyped here
    role, household, actor = cursor.fetchone()  # type: ignore[attr-defined]
    return [role or "none", household or "", actor or ""]
