"""The health of a household that somebody opened: the one module of the desk that reads it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from havre.domains.health import queries as health
from havre.domains.health.queries import After, ClaimPage, TransferPage
from havre.domains.people.queries import PersonSeen

SHOWN = 5


def transfers(
    *, household: UUID, people: Sequence[PersonSeen], after: After | None
) -> TransferPage:
    """Reimbursements, everybody's care told whole. Two statements.

    Needs a role of the desk that reads health: where nothing is open it is shown nothing.
    """
    reader = health.reader_at_desk(household=household, people=[one.id for one in people])
    return health.transfers(reader=reader, at=after, size=SHOWN)


def claims(*, household: UUID, people: Sequence[PersonSeen]) -> ClaimPage:
    """Claims that wait for a reimbursement, the newest care first. One statement, likewise."""
    reader = health.reader_at_desk(household=household, people=[one.id for one in people])
    return health.claims_not_settled(reader=reader, size=SHOWN)


def after(day: date, row: UUID) -> After:
    """Behind this reimbursement."""
    return After(day, row)
