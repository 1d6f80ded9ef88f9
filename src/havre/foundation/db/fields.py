"""Field classes that say what a column means to the guard."""

from enum import StrEnum
from typing import Any

from django.db import models

from havre.foundation.ids import new_id


def choices_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The words a column may hold, as Django's ``choices``: stored as they are named."""
    return [(word.value, word.value) for word in words]


class HouseholdReference(models.UUIDField):  # type: ignore[type-arg]  # bare at run time
    """The id of a row of the same household, in the table ``references``.

    Django sees a plain column; the database holds ``(household_id, column)`` against
    ``(household_id, id)`` of the other table (:class:`~havre.foundation.db.operations.HouseholdLink`),
    because a key on ``id`` alone is checked past row security and would let a household point at
    another's row.
    """

    def __init__(self, *args: Any, references: str, **kwargs: Any) -> None:
        self.references = references
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "references": self.references}


class HouseholdForeignKey(models.ForeignKey):  # type: ignore[type-arg]  # bare at run time
    """A reference inside one app, which Django may join; the database holds the composite key."""

    def __init__(self, to: Any, **kwargs: Any) -> None:
        kwargs |= {"db_constraint": False, "on_delete": models.DO_NOTHING}
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, **kwargs)


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # django-stubs leaves BinaryField bare
    """Bytes sealed by :class:`havre.foundation.crypto.Vault`; opened only where they are needed."""


class HouseholdRow(models.Model):
    """A row of one household: ``household_id`` leads its keys, and row security is forced."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household_id = models.UUIDField()

    class Meta:
        abstract = True
