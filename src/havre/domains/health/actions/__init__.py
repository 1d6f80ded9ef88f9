"""Everything that changes transfers and lines of care."""

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
    "KnownTransfer",
    "LineRow",
    "StatedTransfer",
    "WrongTotal",
    "find_transfers",
    "load_lines",
    "load_transfers",
    "wrong_totals",
]
