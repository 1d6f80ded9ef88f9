"""What a search of settled care asks for, and which rows it matches."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from havre.domains.health.queries.reader import Reader, shown, told
from havre.domains.health.words import Category, Paid
from havre.foundation.dates import Period
from havre.foundation.money import Money
from havre.foundation.names import sort_key

_ALWAYS = Period(None, None)


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """All of these at once; nothing asked matches every settled line.

    ``period`` is of settlement, whose day is told of masked care too. ``provider`` is matched word by
    word within the name, without accents or case. ``least`` and ``most`` are of one currency, and of
    what ``paid`` says: what was spent is compared in its own currency and as it was converted.
    """

    period: Period = _ALWAYS
    person: UUID | None = None
    category: Category | None = None
    provider: str = ""
    currency: str | None = None
    paid: Paid = Paid.SPENT
    least: Money | None = None
    most: Money | None = None

    @property
    def of_care(self) -> bool:
        """Whether something is asked that is told of no masked care, which then never matches."""
        asked = (self.person, self.category, self.least, self.most)
        return bool(self.provider) or any(one is not None for one in asked)


def matching(criteria: Criteria, reader: Reader) -> Q:
    """The lines that a search matches, of those that count for the reader; the caller names the household.

    Masked lines match by day of settlement and currency of the transfer, and by nothing else.
    """
    known = told(reader, of=criteria.person) if criteria.of_care else shown(reader)
    wanted = Q(transfer_id__isnull=False) & known
    if criteria.period.start:
        wanted &= Q(settled_on__gte=criteria.period.start)
    if criteria.period.end:
        wanted &= Q(settled_on__lte=criteria.period.end)
    if criteria.category:
        wanted &= Q(category=criteria.category)
    if criteria.provider:
        wanted &= _of_provider(criteria.provider)
    if criteria.currency:
        spent_in_it = Q(spent_currency=criteria.currency)
        wanted &= Q(currency=criteria.currency) | (told(reader) & spent_in_it)
    if criteria.least or criteria.most:
        wanted &= _of_amount(criteria)
    return wanted


def _of_provider(typed: str) -> Q:
    """Each word anywhere in the name. No index: a household's own lines are few among millions."""
    words = sort_key(typed).split()
    wanted = Q() if words else Q(pk__in=[])
    for word in words:
        wanted &= Q(provider_key__contains=word)
    return wanted


def _of_amount(criteria: Criteria) -> Q:
    currency = (criteria.least or criteria.most or Money.zero("EUR")).currency

    def within(column: str) -> Q:
        wanted = Q(**{f"{column}__isnull": False})
        if criteria.least:
            wanted &= Q(**{f"{column}__gte": criteria.least.amount})
        if criteria.most:
            wanted &= Q(**{f"{column}__lte": criteria.most.amount})
        return wanted

    if criteria.paid is Paid.REIMBURSED:
        return Q(currency=currency) & within("reimbursed")
    # Where the feed names no currency of what was spent, it is the contract's.
    own = Q(spent_currency=currency) | Q(spent_currency__isnull=True, currency=currency)
    return (own & within("spent")) | (Q(currency=currency) & within("converted"))
