"""Everything that reads care. Each query asks as a reader, and masks what is not told to them.

A :class:`Reader` is one person of one household. What is told to them is said once, in
``reader.py``: every query, and whoever builds one, asks it there.
"""

from havre.domains.health.queries.agreements import agreements_of
from havre.domains.health.queries.claims import (
    Basis,
    EarlierCare,
    Proposed,
    SettledCare,
    ToPropose,
    basis_of,
    care_on,
    propose_claim,
    settled_before,
)
from havre.domains.health.queries.consumption import Consumption, Stated, Used, consumption, total
from havre.domains.health.queries.criteria import Criteria
from havre.domains.health.queries.meters import Meter, Meters, meters_of
from havre.domains.health.queries.reader import (
    SHOWN,
    TOLD,
    Reader,
    reader_at_desk,
    reader_of,
    shown,
    told,
)
from havre.domains.health.queries.search import (
    ENTRIES,
    PRIVATE,
    Entry,
    EntryPage,
    Group,
    GroupSums,
    Place,
    entries,
    sums,
)
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
    line_of,
    transfer_of,
    transfers,
)
from havre.domains.health.rules.proposal import Claimed, Owed, Proposal, Room, Step, Unclear
from havre.domains.health.rules.reasons import reason

__all__ = [
    "ENTRIES",
    "MONTHS",
    "PAGE",
    "PRIVATE",
    "SHOWN",
    "TOLD",
    "After",
    "Basis",
    "CategoryCosts",
    "ClaimPage",
    "Claimed",
    "Consumption",
    "CostsSeen",
    "Criteria",
    "EarlierCare",
    "Entry",
    "EntryPage",
    "Group",
    "GroupSums",
    "Meter",
    "Meters",
    "MonthsReimbursed",
    "Owed",
    "Place",
    "Proposal",
    "Proposed",
    "Reader",
    "Room",
    "SettledCare",
    "Stated",
    "Step",
    "ToPropose",
    "TransferBrief",
    "TransferPage",
    "TransferSeen",
    "Unclear",
    "Used",
    "agreements_of",
    "basis_of",
    "care_on",
    "claims_not_settled",
    "consumption",
    "costs",
    "entries",
    "latest_transfers",
    "line_of",
    "meters_of",
    "propose_claim",
    "reader_at_desk",
    "reader_of",
    "reason",
    "reimbursed_by_month",
    "settled_before",
    "shown",
    "sums",
    "told",
    "total",
    "transfer_of",
    "transfers",
]
