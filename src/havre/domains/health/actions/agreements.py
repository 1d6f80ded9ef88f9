"""Agreeing to planned care before it is given."""

from datetime import datetime
from uuid import UUID

from havre.domains.health.models import Agreement as Row
from havre.domains.health.words import Agreement
from havre.foundation.refusals import Refusal


class EndsBeforeItBegins(Refusal):
    """The last day that was agreed to is before the first."""


def agree(*, household: UUID, agreement: Agreement, currency: str, now: datetime) -> None:
    """Keep what was agreed to; once a request. ``currency`` is the contract's.

    Needs a desk role that opened the household's health. Refuses ``EndsBeforeItBegins``.
    """
    if agreement.last_day < agreement.first_day:
        raise EndsBeforeItBegins
    Row(
        household_id=household,
        number=agreement.number,
        person_id=agreement.person,
        contract_id=agreement.contract,
        category=agreement.category,
        act=agreement.act,
        provider=agreement.provider,
        first_day=agreement.first_day,
        last_day=agreement.last_day,
        limit=agreement.limit.amount if agreement.limit else None,
        currency=currency,
        percent=agreement.percent,
        agreed_at=now,
    ).save(force_insert=True)
