"""Whether what was restored is what was dumped, and the keys open it. Needs Django."""

from collections.abc import Iterator

from django.db import connection

from havre.commons.documents import queries as documents
from havre.foundation.crypto import Tampered, UnknownKey, Vault
from havre.project.backup import tables
from havre.project.sealed_values import SealedColumn, sealed_columns


def different(expected: dict[str, int]) -> Iterator[str]:
    """Tables that hold another number of rows than were dumped."""
    connection.ensure_connection()
    found = tables.counts(connection.connection, expected)
    for name, number in expected.items():
        if found[name] != number:
            yield f"{name}: {number} rows were dumped, {found[name]} are here"


def unopened(*, vault: Vault) -> Iterator[str]:
    """What does not open, in words: one value of each key and column, and every document whole.

    Needs the owner of the tables. Nothing is told of a value.
    """
    for column in sealed_columns():
        yield from _unopened(column, vault)
    for document, damage in documents.damaged():
        if damage:
            yield f"document {document}: {damage}"


def _unopened(column: SealedColumn, vault: Vault) -> Iterator[str]:
    for key, number in column.keys().items():
        if key not in vault.key_ids:
            yield f"{column}: {number} values under key {key}, which is not in SEALING_KEYS"
    row = column.rows().order_by("pk").values_list("pk", column.name).first()
    if row is not None:
        try:
            vault.open(bytes(row[1]), place=column.place(row[0]))
        except Tampered:
            yield f"{column}: does not open with the key of its name"
        except UnknownKey:
            return  # told above
