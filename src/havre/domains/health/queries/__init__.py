"""Everything that reads care. Each query asks as a reader, and masks what is not told to them.

A :class:`Reader` is one person of one household: another adult's care comes back as amounts only,
whoever calls.
"""

from havre.domains.health.queries.reader import Reader, reader_of
from havre.domains.health.queries.totals import (
    MONTHS,
    CategoryCosts,
    CostsSeen,
    MonthsReimbursed,
    costs,
    reimbursed_by_month,
)
from havre.domains.health.queries.transfers import (
    PAGE,
    After,
    ClaimPage,
    TransferBrief,
    TransferPage,
    TransferSeen,
    claims_not_settled,
    latest_transfers,
    transfer_of,
    transfers,
)

__all__ = [
    "MONTHS",
    "PAGE",
    "After",
    "CategoryCosts",
    "ClaimPage",
    "CostsSeen",
    "MonthsReimbursed",
    "Reader",
    "TransferBrief",
    "TransferPage",
    "TransferSeen",
    "claims_not_settled",
    "costs",
    "latest_transfers",
    "reader_of",
    "reimbursed_by_month",
    "transfer_of",
    "transfers",
]
