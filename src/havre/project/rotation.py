"""Putting everything that is sealed under the current key, a batch at a time.

What is done is seen in the values themselves: killed and started again, it goes on where it stood. A
value is readable at every moment, under one key or the other, by whoever holds both.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, Q, QuerySet

from havre.commons.documents import actions as documents
from havre.foundation.crypto import Place, Tampered, UnknownKey, Vault, key_of
from havre.foundation.db import Actor, Channel, acting
from havre.project.sealed_values import SealedColumn, sealed_columns

BATCH = 500
_ACTOR = Actor(name="havre keys rotate", channel=Channel.COMMAND, purpose="seal under another key")
_SIDES = ("before", "after")
Progress = Callable[[str, int], None]


class Rotation:
    """One run: what was put under the current key, and what could not be opened, by place."""

    def __init__(self, vault: Vault, on_progress: Progress | None = None) -> None:
        self._vault = vault
        self._tell = on_progress or (lambda _what, _number: None)
        self.done: Counter[str] = Counter()
        self.closed: Counter[str] = Counter()

    def run(self) -> None:
        """Reseal columns, then history, then documents. Needs the owner of the tables."""
        for column in sealed_columns():
            self._column(column)
        self._history()
        self._documents()

    def _count(self, what: str, number: int) -> None:
        if number:
            self.done[what] += number
            self._tell(what, number)

    # --- Columns ---------------------------------------------------------------------------------

    def _column(self, column: SealedColumn) -> None:
        after = None
        while True:
            with _resealing():
                rows = column.under_other_keys(self._vault).order_by("pk")
                if after is not None:
                    rows = rows.filter(pk__gt=after)
                batch = list(rows.select_for_update()[:BATCH])
                resealed = [row for row in batch if self._resealed(column, row)]
                column.model._default_manager.bulk_update(resealed, [column.name])
            self._count(str(column), len(resealed))
            if not batch:
                return
            after = batch[-1].pk  # past what does not open, which stays as it is

    def _resealed(self, column: SealedColumn, row: Any) -> bool:
        sealed = self._again(getattr(row, column.name), column.place(row.pk))
        if sealed is None:
            self.closed[str(column)] += 1
            return False
        setattr(row, column.name, sealed)
        return True

    def _again(self, sealed: bytes, place: Place) -> bytes | None:
        """The value sealed anew; ``None`` where it does not open."""
        try:
            return self._vault.seal(self._vault.open(bytes(sealed), place=place), place=place)
        except (Tampered, UnknownKey):
            return None

    # --- History ---------------------------------------------------------------------------------

    def _history(self) -> None:
        """Sealed values that history remembers: the same texts, under the current key."""
        change = apps.get_model("audit", "Change")
        for column in sealed_columns():
            after = 0
            while batch := self._history_batch(change, column, after):
                after = batch[-1].pk

    def _history_batch(self, change: type[Model], column: SealedColumn, after: int) -> "list[Any]":
        with _resealing():
            batch = list(_remembered(change, column).filter(pk__gt=after)[:BATCH])
            changed = [row for row in batch if self._rewritten(column, row)]
            change._default_manager.bulk_update(changed, list(_SIDES))
        self._count(f"history of {column}", len(changed))
        return batch

    def _rewritten(self, column: SealedColumn, row: Any) -> bool:
        changed = False
        for side in _SIDES:
            values = getattr(row, side) or {}
            sealed = _bytes_of(values.get(column.name))
            if sealed is None or sealed.startswith(self._vault.mark):
                continue
            again = self._again(sealed, column.place(row.row_id))
            if again is None:
                self.closed[f"history of {column}"] += 1
            else:
                values[column.name] = "\\x" + again.hex()
                changed = True
        return changed

    # --- Documents -------------------------------------------------------------------------------

    def _documents(self) -> None:
        for _document, resealed in documents.reseal_files(vault=self._vault):
            if resealed is None:
                self.closed["documents"] += 1
            elif resealed:
                self._count("documents", 1)


def _remembered(change: type[Model], column: SealedColumn) -> "QuerySet[Any]":
    bare = column.table.rpartition(".")[2]
    named = Q(before__has_key=column.name) | Q(after__has_key=column.name)
    return change._default_manager.filter(named, table_name=bare).order_by("pk")


def _bytes_of(value: object) -> bytes | None:
    """Bytes as PostgreSQL writes them in JSON."""
    if not isinstance(value, str) or not value.startswith("\\x"):
        return None
    return bytes.fromhex(value[2:])


@contextmanager
def _resealing() -> Iterator[None]:
    """A transaction in which history takes a new sealing in place of the old."""
    with acting(actor=_ACTOR), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('havre.resealing', 'yes', true)")
        yield


def state() -> dict[str, Counter[str]]:
    """How many sealed values stand under each key, by place."""
    found: dict[str, Counter[str]] = {}
    for column in sealed_columns():
        found[str(column)] = Counter(column.keys())
    found["documents"] = Counter(documents.keys_of_files())
    found["history"] = Counter()
    change = apps.get_model("audit", "Change")
    for column in sealed_columns():
        for row in _remembered(change, column).iterator(chunk_size=BATCH):
            for side in _SIDES:
                sealed = _bytes_of((getattr(row, side) or {}).get(column.name))
                if sealed is not None:
                    found["history"][key_of(sealed)] += 1
    return found
