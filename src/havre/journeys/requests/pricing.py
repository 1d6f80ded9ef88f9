"""What a contract would cost, from its people's ages and its zone: nothing else reaches a price."""

from datetime import date

from babel.numbers import format_currency
from django.utils import translation
from django.utils.translation import gettext as _

from havre.domains.contracts.queries import ContractSeen
from havre.domains.pricing import queries
from havre.domains.pricing.queries import PriceList
from havre.domains.pricing.words import Asked
from havre.domains.products.queries import FormulaSeen
from havre.foundation.dates import age_on
from havre.foundation.money import Money
from havre.journeys.requests.facts import Facts


def prices(facts: Facts, contract: ContractSeen) -> PriceList:
    """The price list of the product that a contract is of. One statement."""
    held = facts.formulas.get(contract.formula) if contract.formula else None
    return queries.price_list(product=held.product_code if held else "")


def asked_of(facts: Facts, contract: ContractSeen, *, on: date) -> Asked | None:
    """The frozen facts of a contract on a day; none where an age is not known."""
    births = [
        person.birth_date
        for person in facts.people
        if (period := contract.cover_of(person.id, on=on)) is not None and period.contains(on)
    ]
    if None in births or not births:
        return None
    ages = tuple(age_on(birth, on) for birth in births if birth is not None and birth <= on)
    return Asked(scheme=contract.scheme, zone=contract.zone, ages=ages)


def month_of(
    facts: Facts,
    contract: ContractSeen,
    formula: FormulaSeen | None,
    *,
    on: date,
    option: str = "",
    listed: PriceList | None = None,
) -> str:
    """What it costs a month, written; words where the price list does not say."""
    asked = asked_of(facts, contract, on=on)
    if formula is None or asked is None:
        return _("price on request")
    found = (listed or prices(facts, contract)).monthly(
        formula=formula.code, option=option, asked=asked, on=on
    )
    return _("%(amount)s a month") % {"amount": _written(found)} if found else _("price on request")


def _written(amount: Money) -> str:
    return format_currency(
        amount.amount, amount.currency, locale=translation.get_language() or "fr"
    )
