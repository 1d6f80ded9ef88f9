"""Everything that changes transfers and lines of care."""

from havre.domains.health.actions.claims import (
    SOURCE,
    AcceptedLine,
    AlreadyAccepted,
    ConsumptionChanged,
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
    "KnownTransfer",
    "LineRow",
    "StatedTransfer",
    "WrongTotal",
    "accept_claim",
    "find_transfers",
    "load_lines",
    "load_transfers",
    "wrong_totals",
]
