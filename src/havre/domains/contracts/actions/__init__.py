"""Everything that changes contracts."""

from havre.domains.contracts.actions.changing import (
    AlreadyCovered,
    AlreadyEnding,
    AlreadyHeld,
    ContractEnded,
    add_option,
    change_facts,
    cover,
    end_contract,
    end_covers,
)
from havre.domains.contracts.actions.load import (
    ContractRow,
    CoverRow,
    KnownContract,
    OptionRow,
    VersionRow,
    find_contracts,
    load_contracts,
    load_covers,
    load_options,
    load_versions,
)

__all__ = [
    "AlreadyCovered",
    "AlreadyEnding",
    "AlreadyHeld",
    "ContractEnded",
    "ContractRow",
    "CoverRow",
    "KnownContract",
    "OptionRow",
    "VersionRow",
    "add_option",
    "change_facts",
    "cover",
    "end_contract",
    "end_covers",
    "find_contracts",
    "load_contracts",
    "load_covers",
    "load_options",
    "load_versions",
]
