"""A claim that was accepted: its lines, worked out and not paid yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from havre.domains.health.models import Line
from havre.domains.health.queries.claims import Proposed, basis_of
from havre.domains.health.rules.reasons import reason
from havre.domains.health.words import Said
from havre.foundation.money import Money
from havre.foundation.names import sort_key
from havre.foundation.refusals import Refusal

SOURCE = "havre"
"""The source of lines that are accepted here: what pays them repeats their external id."""


class AlreadyAccepted(Refusal):
    """The lines of this case were written before."""


class MoreThanCost(Refusal):
    """A line would be reimbursed more than what others left to pay of it, or less than nothing."""


class ConsumptionChanged(Refusal):
    """Something was paid or accepted since the proposal was worked out: work it out again."""


@dataclass(frozen=True, kw_only=True)
class AcceptedLine:
    """A line as it was decided. ``act`` and ``provider`` are as the invoice says; ``clause`` is that of
    the general conditions by which something is left to pay; ``rate_source`` and ``rate_day`` go with a
    rate. ``given``: what is reimbursed where it was decided to be other than proposed, and ``why``."""

    proposed: Proposed
    act: Said
    provider: str | None = None
    country: str | None = None
    sensitive: bool = False
    rate_source: Said | None = None
    rate_day: date | None = None
    clause: Said | None = None
    given: Money | None = None
    why: Said | None = None

    @property
    def reimbursed(self) -> Money:
        return self.given if self.given is not None else self.proposed.proposal.owed.reimbursed

    @property
    def left(self) -> Money:
        """What is left to pay."""
        owed = self.proposed.proposal.owed
        return owed.left + owed.reimbursed - self.reimbursed

    @property
    def reasons(self) -> Said | None:
        """Why something is left to pay: the rules', then whoever decided otherwise."""
        said = [one for one in (reason(self.proposed.proposal), self.why) if one is not None]
        if not said or self.left.amount <= 0:
            return None
        english = [one.english for one in said if one.english is not None]
        whole = len(english) == len(said)
        return Said(" ".join(one.text for one in said), " ".join(english) if whole else None)


def accept_claim(
    *,
    household: UUID,
    case: UUID,
    claim: str,
    person: UUID,
    contract: UUID,
    currency: str,
    lines: Sequence[AcceptedLine],
    mark: str,
) -> int:
    """Write the lines of a claim, accepted and not settled yet; how many. Once a case.

    ``claim`` is the number one says on the phone; ``mark`` that of the ``Basis`` which the proposal came
    from. Needs the caller's transaction under a desk role that opened the household's health. Refuses
    ``AlreadyAccepted``, ``MoreThanCost``, and ``ConsumptionChanged`` when the ceilings moved since.
    """
    if any(line.left.amount < 0 or line.reimbursed.amount < 0 for line in lines):
        raise MoreThanCost
    _one_at_a_time(contract)
    first = f"{case}-1"
    if Line.objects.filter(household_id=household, source=SOURCE, external_id=first).exists():
        raise AlreadyAccepted
    basis = basis_of(household=household, person=person, contract=contract, currency=currency)
    if basis.mark != mark:
        raise ConsumptionChanged
    rows = [_row(line, f"{case}-{number}") for number, line in enumerate(lines, 1)]
    for row in rows:
        row.household_id, row.person_id, row.contract_id = household, person, contract
        row.claim, row.currency = claim, currency
    try:
        with transaction.atomic():
            Line.objects.bulk_create(rows)
    except IntegrityError as error:
        if "one_line_a_record" not in str(error):
            raise
        raise AlreadyAccepted from None
    return len(rows)


def _one_at_a_time(contract: UUID) -> None:
    """Two claims under one contract accepted at once would each leave the other out of its ceilings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(contract)])


def _row(line: AcceptedLine, external_id: str) -> Line:
    asked, owed = line.proposed.asked, line.proposed.proposal.owed
    claimed, guarantee = asked.claimed, line.proposed.guarantee
    why = line.reasons
    return Line(
        source=SOURCE,
        external_id=external_id,
        care_date=claimed.care_date,
        category=asked.category,
        sensitive=line.sensitive,
        act=line.act.text,
        act_en=line.act.english,
        count=claimed.count,
        provider=line.provider,
        provider_key=sort_key(line.provider) if line.provider else None,
        country=line.country,
        spent=claimed.spent.amount,
        spent_currency=claimed.spent.currency,
        rate=claimed.rate,
        rate_source=line.rate_source.text if line.rate_source else None,
        rate_source_en=line.rate_source.english if line.rate_source else None,
        rate_day=line.rate_day,
        converted=owed.cost.amount,
        primary_share=owed.primary.amount,
        other_share=owed.other.amount,
        guarantee=guarantee.label.fr if guarantee else None,
        guarantee_en=guarantee.label.en if guarantee else None,
        deductible=owed.deductible.amount,
        reimbursed=line.reimbursed.amount,
        left_to_pay=line.left.amount,
        left_computed=True,
        reason=why.text if why else None,
        reason_en=why.english if why else None,
        clause=line.clause.text if line.clause else None,
        clause_en=line.clause.english if line.clause else None,
    )
