"""What a field of a request offers to whoever answers: their people, contracts, accounts, countries."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from babel.numbers import get_territory_currencies
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.domains.payments import queries as payments
from havre.doors.ui.request_address import Address, country_options
from havre.doors.ui.request_choices import ManyOf, OneOf, Tick, YesNo
from havre.doors.ui.request_fields import (
    Amount,
    Answer,
    Day,
    Email,
    Number,
    Numbered,
    Phone,
    Text,
)
from havre.foundation.addresses import countries
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import Field, FieldType, Option

_LISTED = {
    FieldType.CHOICE,
    FieldType.COUNTRY,
    FieldType.PERSON,
    FieldType.CONTRACT,
    FieldType.BANK_ACCOUNT,
}
_PLAIN: dict[FieldType, Callable[[Field], Answer]] = {
    FieldType.TEXT: Text,
    FieldType.LONG: Text,
    FieldType.DATE: Day,
    FieldType.NUMBER: Number,
    FieldType.TICK: Tick,
    FieldType.YES_NO: YesNo,
    FieldType.EMAIL: Email,
    FieldType.IBAN: Numbered,
    FieldType.NIR: Numbered,
}
_USUAL = ("EUR", "USD", "GBP", "CHF")


class Answers:
    """The questions of one member's form; what they choose among is read once, where it is asked."""

    def __init__(self, facts: Facts, *, now: datetime) -> None:
        self._facts, self._now = facts, now
        self._accounts: tuple[Option, ...] | None = None

    def to(self, field: Field) -> Answer:
        """How this field is answered."""
        kind, here = field.type, self._facts.me.expatriation_country or "FR"
        if kind in _LISTED:
            return OneOf(field, options=field.options or self._options(kind))
        if kind is FieldType.CHOICES:
            return ManyOf(field, options=field.options)
        if kind is FieldType.AMOUNT:
            return Amount(field, currencies=self._currencies())
        if kind is FieldType.PHONE:
            return Phone(field, country=here)
        if kind is FieldType.ADDRESS:
            return Address(field, country=here)
        return _PLAIN[kind](field)

    def _options(self, kind: FieldType) -> Sequence[Option]:
        match kind:
            case FieldType.COUNTRY:
                return country_options(get_language() or "fr")
            case FieldType.PERSON:
                return [Option(str(one.id), one.full_name) for one in self._facts.mine()]
            case FieldType.CONTRACT:
                return [
                    Option(str(one.id), contract_label(self._facts, str(one.id)))
                    for one in self._facts.in_force()
                ]
            case FieldType.BANK_ACCOUNT:
                return self._verified_accounts()
        return ()

    def _verified_accounts(self) -> tuple[Option, ...]:
        """Those that a refund may go to, by what is shown of them."""
        if self._accounts is None:
            found = payments.verified_of(
                household=self._facts.household,
                people=[one.id for one in self._facts.mine()],
                at=self._now,
            )
            self._accounts = tuple(
                Option(str(one.id), f"{one.shown} ({one.currency})", one.bank_name or "")
                for one in found
            )
        return self._accounts

    def _currencies(self) -> Sequence[str]:
        here = self._facts.me.expatriation_country
        own = get_territory_currencies(here) if here else []
        held = [one.currency for one in self._facts.contracts]
        return (*own, *held, *_USUAL, *_all_currencies())


def contract_label(facts: Facts, contract: str) -> str:
    """``Expat Santé Confort, ESC-2025-04418``; "" for one that is not theirs."""
    found = facts.contract(contract)
    if found is None:
        return ""
    formula = facts.formulas.get(found.formula) if found.formula else None
    title = found.title or (formula.title(get_language() or "fr") if formula else "")
    if not title:
        return _("Contract %(number)s") % {"number": found.number}
    return f"{title}, {found.number}"


@lru_cache(maxsize=1)
def _all_currencies() -> tuple[str, ...]:
    """Those of the countries of today, by code."""
    found = {code for country in countries() for code in get_territory_currencies(country)}
    return tuple(sorted(found))
