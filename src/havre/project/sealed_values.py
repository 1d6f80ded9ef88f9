"""Every column that holds sealed values, whatever app it is of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Count, F, Func, Model
from django.db.models.functions import Substr

from havre.foundation.crypto import Place, Vault
from havre.foundation.db.fields import SealedField


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values. The owner of the tables reads it over all households."""

    model: type[Model]
    name: str

    @property
    def table(self) -> str:
        """As places name it: ``people_person``, ``health.transfer``."""
        return self.model._meta.db_table.replace('"', "")

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"

    def place(self, row_id: Any) -> Place:
        return Place(self.table, self.name, row_id)

    def rows(self) -> Any:
        """The rows that hold a value."""
        return self.model._default_manager.filter(**{f"{self.name}__isnull": False})

    def under_other_keys(self, vault: Vault) -> Any:
        """The rows whose value is not under the current key."""
        mark = Substr(F(self.name), 1, len(vault.mark), output_field=BinaryField())
        return self.rows().annotate(mark=mark).exclude(mark=vault.mark)

    def keys(self) -> dict[str, int]:
        """How many values are under each key, by its id."""
        # The second byte is the length of the key's id, which follows.
        named = Func(
            F(self.name),
            template="substring(%(expressions)s, 3, get_byte(%(expressions)s, 1))",
            output_field=BinaryField(),
        )
        found = (
            self.rows().annotate(key=named).values("key").annotate(number=Count("pk")).order_by()
        )
        return {bytes(row["key"]).decode(errors="replace"): row["number"] for row in found}


def sealed_columns() -> Iterator[SealedColumn]:
    """In order of tables."""
    for model in sorted(apps.get_models(), key=lambda one: one._meta.db_table.replace('"', "")):
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                yield SealedColumn(model, field.name)
