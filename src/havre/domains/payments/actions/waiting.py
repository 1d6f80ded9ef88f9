"""What waits for someone of the house about bank accounts."""

from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.domains.payments.models import BankAccount

STOPPED = "bank-account-stopped"
CONTRADICTED = "bank-account-from-feed"
_NEEDS = "requests.decide"
_TARGETS = {STOPPED: timedelta(days=1), CONTRADICTED: timedelta(days=5)}
_SOURCES = {STOPPED: Source.BANK, CONTRADICTED: Source.DIFFERENCE}


def look_at(row: BankAccount, *, kind: str, now: datetime) -> None:
    """Put the account among what waits."""
    worklist.put(
        Item(
            source=_SOURCES[kind],
            source_id=row.id,
            kind=kind,
            needs=_NEEDS,
            opened_at=now,
            due_at=now + _TARGETS[kind],
            household=row.household_id,
        )
    )


def looked_at(account: UUID) -> None:
    """Somebody decided: a feed's account waits no longer."""
    worklist.take_away(source=Source.DIFFERENCE, source_id=account)
