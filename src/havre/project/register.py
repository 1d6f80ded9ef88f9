"""The register of processing (GDPR art. 30), written from what each app declares it keeps.

``python -m havre.project.register`` prints it; ``docs/privacy-register.md`` is what it printed last.
"""

import sys
from collections.abc import Iterable
from itertools import groupby

from havre.foundation.personal_data import (
    Erasure,
    Purpose,
    RegisterRow,
    Source,
    TableDeclaration,
    collect,
    register_rows,
)

APPS = (
    "havre.commons.audit",
    "havre.commons.notifications",
    "havre.commons.accounts",
    "havre.commons.staff",
    "havre.commons.content",
    "havre.commons.documents",
    "havre.commons.messaging",
    "havre.commons.privacy",
    "havre.commons.cases",
    "havre.commons.worklist",
    "havre.domains.products",
    "havre.domains.pricing",
    "havre.domains.people",
    "havre.domains.payments",
    "havre.domains.contracts",
    "havre.domains.certificates",
    "havre.domains.health",
)
_HEAD = """# Register of processing

Written by `python -m havre.project.register` from the `privacy` module of each app: change the
declarations, not this page. It says what the code itself can attest. The controller, its representative
and data protection officer, recipients, transfers out of the Union and security measures are the
operator's to add (GDPR art. 30). Bases and retentions are for the operator's lawyers to confirm; none of
this is legal advice.
"""
_PURPOSES = {
    Purpose.CONTRACT: "Concluding, managing and proving the contract and its covers",
    Purpose.REIMBURSEMENT: "Handling claims and paying what is due",
    Purpose.ACCOUNT: "Opening the member space to the right person",
    Purpose.SECURITY: "Protecting accounts, tracing who did and read what",
    Purpose.CORRESPONDENCE: "Writing to members, in their language",
    Purpose.LEGAL_PROOF: "Proving what was accepted, notified or answered",
    Purpose.DATA_QUALITY: "Loading feeds and settling what they contradict",
}
_SOURCES = {
    Source.FEED: "feeds of the insurer or manager",
    Source.MEMBER: "the member",
    Source.EMPLOYER: "the employer",
    Source.INTERMEDIARY: "the intermediary",
    Source.STAFF: "staff",
    Source.SYSTEM: "made here",
}
_ENDS = {
    Erasure.DELETE_ROW: "the row goes",
    Erasure.BLANK: "the value is blanked",
    Erasure.PSEUDONYM: "a pseudonym stands in",
    Erasure.DROP_PARTITION: "its month falls away",
}


def declarations() -> tuple[TableDeclaration, ...]:
    """What every app of ours declares."""
    return collect(APPS)


def register(tables: Iterable[TableDeclaration]) -> str:
    """The register as a page: a table a purpose, a row for data kept alike."""
    rows = register_rows(tables)
    parts = [_HEAD]
    for purpose, alike in groupby(rows, key=lambda row: row.purpose):
        parts.append(f"## {_PURPOSES[purpose]}\n\n" + _table(list(alike)))
    return "\n".join(parts)


def _table(rows: list[RegisterRow]) -> str:
    head = "| data | basis (GDPR) | from | kept | then |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| {_data(row)} | {_basis(row)} | {', '.join(_SOURCES[one] for one in row.sources)} "
        f"| {row.retention} | {_ENDS[row.erase]} |\n"
        for row in rows
    )


def _data(row: RegisterRow) -> str:
    tables = groupby(row.data, key=lambda name: name.rpartition(".")[0])
    return "<br>".join(
        f"{table}: {', '.join(name.rpartition('.')[2] for name in names)}"
        for table, names in tables
    )


def _basis(row: RegisterRow) -> str:
    return f"{row.legal_basis}, {row.special}" if row.special else str(row.legal_basis)


if __name__ == "__main__":
    sys.stdout.write(register(declarations()))
