"""Everything that changes contracts."""

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
    "ContractRow",
    "CoverRow",
    "KnownContract",
    "OptionRow",
    "VersionRow",
    "find_contracts",
    "load_contracts",
    "load_covers",
    "load_options",
    "load_versions",
]
