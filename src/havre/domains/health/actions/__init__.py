"""Everything that changes transfers and lines of care."""

from havre.domains.health.actions.agreements import EndsBeforeItBegins, agree
from havre.domains.health.actions.claims import (
    SOURCE,
    AcceptedLine,
    AlreadyAccepted,
    ConsumptionChanged,
    MoreThanCost,
    accept_claim,
)
from havre.domains.health.actions.load import (
    KnownTransfer,
    LineRow,
    StatedTransfer,
    WrongTotal,
    find_transfers,
    load_lines,
    load_transfers,
    wrong_totals,
)

__all__ = [
    "SOURCE",
    "AcceptedLine",
    "AlreadyAccepted",
    "ConsumptionChanged",
    "EndsBeforeItBegins",
    "KnownTransfer",
    "LineRow",
    "MoreThanCost",
    "StatedTransfer",
    "WrongTotal",
    "accept_claim",
    "agree",
    "find_transfers",
    "load_lines",
    "load_transfers",
    "wrong_totals",
]
