"""Adherent numbers: one person's each in the whole installation, by the directory."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from havre.domains.people.models import Directory, Membership
from havre.domains.people.words import Origin
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


def give_number(*, household: UUID, membership: UUID, now: datetime) -> bool:
    """Give a member a number of their own; False where there is one. Needs the guard as the worker.

    It was asked for online: a feed that says another leaves it, and the difference to review.
    """
    row = Membership.objects.select_for_update().get(household_id=household, id=membership)
    if row.adherent_number is not None:
        return False
    (number,) = issue_numbers(1, besides=())
    mark = {"by": Origin.ONLINE, "at": now.isoformat(), "confirmed": True}
    row.adherent_number, row.origin = number, {**row.origin, "adherent_number": mark}
    row.save(update_fields=["adherent_number", "origin"])
    Directory.objects.create(
        number_key=adherent_key(number), household_id=household, membership_id=membership
    )
    return True


def _rows(numbers: Mapping[UUID, str], households: Mapping[UUID, UUID]) -> Sequence[NumberRow]:
    return [
        NumberRow(adherent_key(number), households[membership], membership)
        for membership, number in numbers.items()
    ]


def _draw() -> str:
    return f"{NUMBER_PREFIX}{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
