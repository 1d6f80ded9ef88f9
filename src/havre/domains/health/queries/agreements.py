"""Planned care that was agreed to. For those who may ask for these people, and for those who decide."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from havre.domains.health.models import Agreement as Row
from havre.domains.health.words import Agreement, Category
from havre.foundation.money import Money


def agreements_of(
    *, household: UUID, people: Collection[UUID], since: date
) -> tuple[Agreement, ...]:
    """What was agreed to for these people and did not end before ``since``, the last first. One statement.

    The caller says for whom the reader may ask: nothing is masked here.
    """
    rows = Row.objects.filter(household_id=household, person_id__in=people, last_day__gte=since)
    return tuple(_seen(row) for row in rows.order_by("-last_day", "number"))


def _seen(row: Row) -> Agreement:
    return Agreement(
        number=row.number,
        person=row.person_id,
        contract=row.contract_id,
        category=Category(row.category),
        act=row.act,
        provider=row.provider,
        first_day=row.first_day,
        last_day=row.last_day,
        limit=None if row.limit is None else Money.rounded(row.limit, row.currency),
        percent=row.percent,
    )
