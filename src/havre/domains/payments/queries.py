"""Everything that reads bank accounts. Each asks for one household, but the look-ups that say otherwise."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Max

from havre.domains.payments.models import BankAccount, PublishedRate, number_place
from havre.domains.payments.rules import standing as rules
from havre.domains.payments.rules.numbers import compact
from havre.domains.payments.rules.rates import OLDEST, NoRate, Rate, rate
from havre.domains.payments.rules.standing import Course
from havre.domains.payments.words import CameBy, NumberKind, Standing, State
from havre.foundation.crypto import link_digest, provisional_key, vault
from havre.foundation.db import Actor, Channel, Role, acting

_PUBLIC = Actor(name="link of a mail", channel=Channel.ONLINE, purpose="stop a bank account")


@dataclass(frozen=True, kw_only=True)
class AccountSeen:
    """An account as pages and mails tell of it: never its whole number, which ``number_of`` opens.

    ``standing`` is that at the moment asked. ``stop_until``: until when whoever was told can stop it,
    none once they cannot. ``confirmed``: the member or the desk stands behind it, so no feed replaces it.
    ``verified_by`` and ``second_by`` are ids of those who checked it, or the feed's.
    """

    id: UUID
    person: UUID
    currency: str
    kind: NumberKind
    shown: str
    bic: str | None
    bank_country: str
    bank_name: str | None
    account_name: str
    came_by: CameBy
    proof: UUID | None
    standing: Standing
    proposed_at: datetime
    verified_at: datetime | None
    verified_by: str | None
    second_by: str | None
    usable_from: datetime | None
    stop_until: datetime | None
    ended_at: datetime | None

    @property
    def confirmed(self) -> bool:
        return self.came_by is not CameBy.FEED or self.second_by is not None


class Linked(NamedTuple):
    """Where the link of a notice leads."""

    household: UUID
    account: UUID


def accounts_of(*, household: UUID, people: Iterable[UUID], at: datetime) -> list[AccountSeen]:
    """Every account of these people, by person and currency, the newest first. One statement."""
    rows = BankAccount.objects.filter(household_id=household, person_id__in=list(people))
    return _seen_together(rows.order_by("person_id", "currency", "-proposed_at", "-id"), at)


def verified_of(*, household: UUID, people: Iterable[UUID], at: datetime) -> list[AccountSeen]:
    """Those that may be chosen for a refund: in use, or verified and waiting. One statement."""
    seen = accounts_of(household=household, people=people, at=at)
    return [one for one in seen if one.standing.is_verified]


def usable_on(*, household: UUID, person: UUID, currency: str, at: datetime) -> AccountSeen | None:
    """The one account that a refund in this currency goes to at that moment. One statement."""
    seen = accounts_of(household=household, people=[person], at=at)
    of_currency = (one for one in seen if one.currency == currency)
    return next((one for one in of_currency if one.standing is Standing.IN_USE), None)


def account_of(*, household: UUID, account: UUID, at: datetime) -> AccountSeen | None:
    """An account of the household; another household's is not there. Two statements."""
    row = BankAccount.objects.filter(household_id=household, id=account).first()
    if row is None:
        return None
    seen = accounts_of(household=household, people=[row.person_id], at=at)
    return next(one for one in seen if one.id == account)


def number_of(*, household: UUID, account: UUID) -> str | None:
    """The whole number, to pay or to compare with a proof; the caller records who looked."""
    row = BankAccount.objects.filter(household_id=household, id=account).first()
    if row is None or row.number is None:
        return None
    return vault().open(bytes(row.number), place=number_place(row.id))


def holders_of_number(*, typed: str) -> list[tuple[UUID, UUID]]:
    """Households and persons with an account of this number, whatever became of it. One statement.

    Over whatever households the role in hand may search; an IBAN is compared without spaces.
    """
    index = number_index(compact(typed))
    rows = BankAccount.objects.filter(number_index=index).order_by("-proposed_at")
    return list(dict.fromkeys(rows.values_list("household_id", "person_id")))


def number_index(number: str) -> bytes:
    """What a number is found by."""
    return vault().blind(number, purpose="bank account")


def linked(*, token: str) -> Linked | None:
    """Where the link of a notice leads, live or not; none for a link that is none of ours.

    Takes the public role, which reads no table: one function of the database looks.
    """
    digest = link_digest(provisional_key(), token)
    with acting(actor=_PUBLIC, role=Role.PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT household_id, id FROM payments_account_by_link(%s)", [digest])
        row = cursor.fetchone()
    return Linked(*row) if row else None


def rate_on(*, currency: str, to: str, day: date) -> Rate:
    """Units of ``to`` for one of ``currency``: the ECB's last rates on or before that day. One statement.

    Refuses ``NoRate``: a currency that the ECB does not publish, or no rate of the seven days before.
    Nobody's guard is needed.
    """
    until = PublishedRate.objects.filter(currency__in=[currency, to], day__lte=day)
    lately = until.filter(day__gte=day - OLDEST).values_list("currency", "day", "per_euro")
    try:
        return rate(lately, currency=currency, to=to, day=day)
    except NoRate as none:
        last = until.filter(currency=none.currency).aggregate(last=Max("day"))["last"]
        raise NoRate(none.currency, last) from None


def rates_on(*, currency: str, to: str, days: Iterable[date]) -> dict[date, Rate]:
    """The same for several days, those left out on which ``rate_on`` would refuse. One statement."""
    asked = sorted(set(days))
    if not asked:
        return {}
    rows = PublishedRate.objects.filter(
        currency__in=[currency, to], day__gte=asked[0] - OLDEST, day__lte=asked[-1]
    )
    published, found = list(rows.values_list("currency", "day", "per_euro")), {}
    for day in asked:
        with suppress(NoRate):
            found[day] = rate(published, currency=currency, to=to, day=day)
    return found


def course(row: BankAccount) -> Course:
    """What the rules ask of an account."""
    return Course(row.id, State(row.state), row.usable_from, row.stop_until)


def seen(row: BankAccount, courses: Iterable[Course], at: datetime) -> AccountSeen:
    """The account beside the others of its person and currency."""
    own = course(row)
    stoppable = rules.may_be_stopped(own, at=at)
    return AccountSeen(
        id=row.id,
        person=row.person_id,
        currency=row.currency,
        kind=NumberKind(row.kind),
        shown=row.number_shown,
        bic=row.bic,
        bank_country=row.bank_country,
        bank_name=row.bank_name,
        account_name=row.account_name,
        came_by=CameBy(row.came_by),
        proof=row.proof_id,
        standing=rules.standing(own, courses, at=at),
        proposed_at=row.proposed_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        second_by=row.second_by,
        usable_from=row.usable_from,
        stop_until=row.stop_until if stoppable else None,
        ended_at=row.ended_at,
    )


def _seen_together(rows: Iterable[BankAccount], at: datetime) -> list[AccountSeen]:
    """Rows that come by person and currency."""
    found = []
    for _, together in groupby(rows, key=lambda row: (row.person_id, row.currency)):
        group = list(together)
        courses = [course(row) for row in group]
        found += [seen(row, courses, at) for row in group]
    return found
