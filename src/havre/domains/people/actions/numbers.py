"""Adherent numbers: one person's each in the whole installation, by the directory."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from havre.domains.people.models import Directory
from havre.foundation.db.intake import Intake
from havre.foundation.identifiers import adherent_key

NUMBER_PREFIX = "HV"
_DIGITS = 9


class NumberRow(NamedTuple):
    number_key: str
    household_id: UUID
    membership_id: UUID


_NUMBERS = Intake(
    "people_directory",
    NumberRow,
    key=("number_key",),
    once=("household_id", "membership_id"),
)


def holders_of(numbers: Collection[str]) -> dict[str, UUID]:
    """The memberships that hold these numbers, by the number's key."""
    keys = [adherent_key(number) for number in numbers]
    found = Directory.objects.filter(number_key__in=keys) if keys else ()
    return {row.number_key: row.membership_id for row in found}


def issue_numbers(count: int, *, besides: Collection[str]) -> list[str]:
    """Numbers that nobody holds and that are not among the keys ``besides``. They tell nothing."""
    numbers: dict[str, None] = {}
    while len(numbers) < count:
        drawn = {_draw() for _ in range(count - len(numbers))} - {*besides, *numbers}
        numbers.update(dict.fromkeys(sorted(drawn - holders_of(drawn).keys())))
    return list(numbers)


def record_numbers(numbers: Mapping[UUID, str], *, households: Mapping[UUID, UUID]) -> None:
    """Give memberships their numbers in place of those they held; nobody else may hold them."""
    if not households:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM people_directory WHERE membership_id = ANY(%s)", [list(households)]
        )
    _NUMBERS.take(_rows(numbers, households))


def _rows(numbers: Mapping[UUID, str], households: Mapping[UUID, UUID]) -> Sequence[NumberRow]:
    return [
        NumberRow(adherent_key(number), households[membership], membership)
        for membership, number in numbers.items()
    ]


def _draw() -> str:
    return f"{NUMBER_PREFIX}{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
