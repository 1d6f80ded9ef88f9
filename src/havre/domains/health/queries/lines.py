"""A row of care as it is told whole."""

from decimal import Decimal

from havre.domains.health.models import Line
from havre.domains.health.queries.reader import Reader
from havre.domains.health.words import CareLine, Category, Said
from havre.foundation.money import Money


def care_line(row: Line, reader: Reader) -> CareLine:
    """The line as it came, but for what its contract tells nobody.

    What is left of a ceiling counts sensitive care too: it is told to whoever is told all.
    """
    guaranteed = row.contract_id not in reader.unguaranteed
    whole = guaranteed and reader.tells_all_of(row.person_id)
    spent = stated(row.spent, row.spent_currency or row.currency)
    converted = stated(row.converted, row.currency)
    if converted is None and spent is not None and spent.currency == row.currency:
        converted = spent
    return CareLine(
        id=row.id,
        transfer=row.transfer_id,
        settled_on=row.settled_on,
        person=row.person_id,
        contract=row.contract_id,
        claim=row.claim,
        care_date=row.care_date,
        category=Category(row.category),
        sensitive=row.sensitive,
        act=Said(row.act, row.act_en),
        provider=row.provider,
        country=row.country,
        spent=spent,
        rate=row.rate,
        rate_source=_said(row.rate_source, row.rate_source_en),
        rate_day=row.rate_day,
        cost=converted,
        primary=stated(row.primary_share, row.currency),
        other=stated(row.other_share, row.currency),
        guarantee=_said(row.guarantee, row.guarantee_en) if guaranteed else None,
        deductible=stated(row.deductible, row.currency) if guaranteed else None,
        ceiling_left=stated(row.ceiling_left, row.currency) if whole else None,
        reimbursed=stated(row.reimbursed, row.currency),
        left=stated(row.left_to_pay, row.currency),
        left_computed=row.left_computed,
        reason=_said(row.reason, row.reason_en),
        clause=_said(row.clause, row.clause_en),
    )


def _said(text: str | None, english: str | None) -> Said | None:
    return None if text is None else Said(text, english)


def stated(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money.rounded(amount, currency)
