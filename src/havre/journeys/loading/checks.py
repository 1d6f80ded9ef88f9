"""What a record must be on its own, whatever dialect it came in. Pure: the day is passed in.

A finding never repeats a NIR, an IBAN, an e-mail address or a telephone number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from babel import Locale
from msgspec.structs import replace

from havre.foundation.identifiers import (
    Fault,
    WrongIban,
    WrongNir,
    WrongSiren,
    check_iban,
    check_nir,
    check_siren,
)
from havre.foundation.money import UnknownCurrency, minor_units
from havre.journeys.loading.bank_accounts import account_faults
from havre.journeys.loading.problems import shown
from havre.journeys.loading.records import (
    BankAccount,
    Company,
    Contract,
    Formula,
    Line,
    Person,
    Rate,
    Record,
    Spent,
    Transfer,
)

_OLDEST_BIRTH: Final = date(1880, 1, 1)
_ABSURD: Final = Decimal(10) ** 10
_LONGEST_POSTAL_CODE: Final = 20
_HIGHEST_RATE: Final = Decimal(10) ** 6
_MOST_RATE_DECIMALS: Final = 12
_LINE_AMOUNTS: Final = (
    "converted",
    "primary_share",
    "other_share",
    "deductible",
    "ceiling_left",
    "reimbursed",
    "left_to_pay",
)
# CLDR's list of territories also names groupings and outposts that are no ISO 3166-1 country.
_NO_COUNTRIES: Final = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG"})
_EMAIL: Final = re.compile(
    r"(?=.{3,254}$)[^\s@<>,;:\"()\[\]\\]{1,64}@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}"
)
_PHONE_MARKS: Final = re.compile(r"[\s.\-/()\u2010-\u2015]+")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_LOCAL_PHONE: Final = re.compile(r"[0-9]{3,20}")

_NUMBER_FAULTS: Final = {
    Fault.LENGTH: "has the wrong length",
    Fault.CHARACTERS: "holds characters that it cannot hold",
    Fault.SEX: "does not start with a digit that means a sex",
    Fault.PROVISIONAL: "is a provisional number",
    Fault.MONTH: "has an impossible month of birth",
    Fault.PLACE: "has an impossible place of birth",
    Fault.ORDER: "has an impossible order number",
    Fault.COUNTRY: "is of a country that has none",
    Fault.KEY: "has a wrong key",
    Fault.NATIONAL_KEY: "has a wrong RIB key",
}


class Finding(NamedTuple):
    """What is wrong with a field; a warning does not refuse the feed."""

    field: str
    why: str
    warning: bool = False


def check(record: Record, *, today: date) -> Iterable[Finding]:
    """What is wrong or odd in the record taken alone."""
    if isinstance(record, Line):
        return _check_line(record, today)
    if isinstance(record, Transfer):
        return _check_transfer(record, today)
    if isinstance(record, Person):
        return _check_person(record, today)
    if isinstance(record, Contract):
        return _check_contract(record)
    if isinstance(record, BankAccount):
        return [
            *_check_currency("currency", record.currency),
            *(Finding(*fault) for fault in account_faults(record)),
        ]
    if isinstance(record, Formula):
        return _check_formula(record)
    return _check_company(record) if isinstance(record, Company) else ()


def normalised(record: Record) -> Record:
    """The record with its numbers in the one form in which they are compared and kept.

    NIR, IBAN and SIREN without spaces, telephone numbers in international form, addresses trimmed.
    A number that its check refuses is left as it is.
    """
    if isinstance(record, Line):
        return record
    if isinstance(record, Person):
        return replace(
            record,
            nir=_in_form(record.nir, lambda nir: check_nir(nir, provisional_ok=True)),
            phone=_in_form(record.phone, lambda phone: international_phone(phone) or phone),
            email=_in_form(record.email, str.strip),
        )
    if isinstance(record, Transfer) and record.iban:
        return replace(record, iban=_in_form(record.iban, _checked_iban))
    if isinstance(record, Company) and record.siren:
        return replace(record, siren=_in_form(record.siren, check_siren))
    return record


def international_phone(text: str) -> str | None:
    """The number as ``+33199001234`` (E.164), or ``None`` if it is not written with its country."""
    number = _PHONE_MARKS.sub("", text.replace("(0)", ""))
    number = "+" + number[2:] if number.startswith("00") else number
    return number if _E164.fullmatch(number) else None


def country_exists(code: str) -> bool:
    """Whether the two letters name a country of ISO 3166-1."""
    return code in _countries()


@cache
def _countries() -> frozenset[str]:
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


def _in_form(value: object, form: Callable[[str], str]) -> object:
    """The text in its form; what is no text (``None``, UNSET) or is refused stays."""
    if not isinstance(value, str):
        return value
    try:
        return form(value)
    except (WrongNir, WrongIban, WrongSiren):
        return value


# --- Persons and companies -----------------------------------------------------------------------


def _check_person(person: Person, today: date) -> Iterator[Finding]:
    yield from _check_life(person, today)
    if isinstance(person.nir, str):
        yield from _check_nir(person.nir, person.birth_date)
    if isinstance(person.email, str) and not _EMAIL.fullmatch(person.email.strip()):
        yield Finding("email", "is not an e-mail address")
    if isinstance(person.phone, str):
        yield from _check_phone(person.phone)
    if person.address:
        yield from _check_country("address.country", person.address.country)
        if len(person.address.postal_code or "") > _LONGEST_POSTAL_CODE:
            yield Finding("address.postal_code", f"is longer than {_LONGEST_POSTAL_CODE}")
    if isinstance(person.expatriation_country, str):
        yield from _check_country("expatriation_country", person.expatriation_country)
    if isinstance(person.adherent_number, str) and not re.search(r"\w", person.adherent_number):
        yield Finding("adherent_number", "has neither a letter nor a digit")


def _check_life(person: Person, today: date) -> Iterator[Finding]:
    born, died = person.birth_date, person.deceased_on
    if born and born > today:
        yield Finding("birth_date", f"{born} is in the future")
    elif born and born < _OLDEST_BIRTH:
        yield Finding("birth_date", f"{born} is before {_OLDEST_BIRTH}")
    if isinstance(died, date):
        if died > today:
            yield Finding("deceased_on", f"{died} is in the future")
        elif born and died < born:
            yield Finding("deceased_on", f"{died} is before the birth date")


def _check_nir(text: str, born: date | None) -> Iterator[Finding]:
    try:
        nir = check_nir(text, provisional_ok=True)
    except WrongNir as wrong:
        yield Finding("nir", _NUMBER_FAULTS[wrong.reason])
        return
    if nir[0] in "3478":
        yield Finding("nir", _NUMBER_FAULTS[Fault.PROVISIONAL], warning=True)
    if born is None:
        return
    year, month = int(nir[1:3]), int(nir[3:5])
    # Months over 12 stand for a birth whose record is incomplete, and say nothing.
    if year != born.year % 100 or (month <= 12 and month != born.month):
        yield Finding("nir", "does not agree with the birth date", warning=True)


def _check_phone(text: str) -> Iterator[Finding]:
    if international_phone(text) is None:
        if _LOCAL_PHONE.fullmatch(_PHONE_MARKS.sub("", text.removeprefix("+"))):
            why = "is not in the international form (+33…); kept as it is written"
            yield Finding("phone", why, warning=True)
        else:
            yield Finding("phone", "is not a telephone number")


def _check_country(field: str, code: str) -> tuple[Finding, ...]:
    if country_exists(code):
        return ()
    return (Finding(field, f"{shown(code)} is not a country of ISO 3166-1"),)


def _check_company(company: Company) -> Iterator[Finding]:
    if company.siren is None:
        return
    try:
        check_siren(company.siren)
    except WrongSiren as wrong:
        yield Finding("siren", _NUMBER_FAULTS[wrong.reason])


# --- Formulas and contracts ----------------------------------------------------------------------


def _check_formula(formula: Formula) -> Iterator[Finding]:
    amounts: list[tuple[str, Decimal | None]] = [("overall_ceiling", formula.overall_ceiling)]
    for number, shown_row in enumerate(formula.guarantees):
        place = f"guarantees[{number}]"
        above = shown_row.prior_agreement_above
        amounts.append((f"{place}.prior_agreement_above", above))
        if (shown_row.prior_agreement == "ABOVE") is (above is None):
            yield Finding(f"{place}.prior_agreement", "goes with prior_agreement_above, as ABOVE")
        for rank, ceiling in enumerate(shown_row.ceilings):
            amounts.append((f"{place}.ceilings[{rank}].amount", ceiling.amount))
            if (ceiling.amount is None) is (ceiling.count is None):
                yield Finding(
                    f"{place}.ceilings[{rank}]", "is an amount or a count, one of the two"
                )
    if formula.currency is not None:
        yield from _check_currency("currency", formula.currency)
    for field, amount in amounts:
        if amount is not None and formula.currency is None:
            yield Finding("currency", f"is missing: {field} is an amount")
        elif amount is not None:
            yield from _check_amount(field, amount, formula.currency or "")


def _check_contract(contract: Contract) -> Iterator[Finding]:
    yield from _check_currency("currency", contract.currency)
    end = contract.end or None
    since = contract.since
    if since and not (contract.start or since) <= since <= (end or since):
        yield Finding("since", f"{since} is not a day of the contract")
    yield from _check_dates("", contract.start, end, within=(None, None))
    if contract.formula and not contract.product:
        yield Finding("product", "is missing: a formula is one of a product")
    within = (contract.start, end)
    options = [(f"options[{i}]", o.code, o.start, o.end) for i, o in enumerate(contract.options)]
    covers = [(f"covers[{i}]", c.person, c.start, c.end) for i, c in enumerate(contract.covers)]
    seen = set()
    for place, what, first, last in (*options, *covers):
        yield from _check_dates(f"{place}.", first, last or None, within=within)
        if (key := (place.partition("[")[0], what, first)) in seen:
            yield Finding(place, "stands twice in the contract with the same start")
        seen.add(key)


def _check_dates(
    place: str, start: date | None, end: date | None, *, within: tuple[date | None, date | None]
) -> Iterator[Finding]:
    """An open end is bounded by the contract's, so only a stated one can go beyond it."""
    first, last = within
    if start and end and end < start:
        yield Finding(f"{place}end", f"{end} is before the start, {start}")
    if start and first and start < first:
        yield Finding(f"{place}start", f"{start} is before the contract starts, {first}")
    if start and last and start > last:
        yield Finding(f"{place}start", f"{start} is after the contract ends, {last}")
    elif end and last and end > last:
        yield Finding(f"{place}end", f"{end} is after the contract ends, {last}")


# --- Statements ----------------------------------------------------------------------------------


def _check_transfer(transfer: Transfer, today: date) -> Iterator[Finding]:
    if transfer.settled_on > today:
        yield Finding("settled_on", f"{transfer.settled_on} is in the future")
    yield from _check_amount("total", transfer.total, transfer.currency)
    yield from _check_currency("currency", transfer.currency)
    if transfer.iban is not None:
        try:
            _checked_iban(transfer.iban)
        except WrongIban as wrong:
            yield Finding("iban", _NUMBER_FAULTS[wrong.reason])


# A payee comes back transfer after transfer, and the check takes as long as all the others together.
_checked_iban: Final = lru_cache(maxsize=1024)(check_iban)


_amounts_of: Final = attrgetter(*_LINE_AMOUNTS)


def _check_line(line: Line, today: date) -> list[Finding]:
    """Lists and tuples rather than generators, and nothing asked twice: there are a million lines."""
    found = [*_check_currency("currency", line.currency)]
    if line.care_date > today:
        found.append(Finding("care_date", f"{line.care_date} is in the future"))
    unit = _unit(line.currency)
    for field, amount in zip(_LINE_AMOUNTS, _amounts_of(line), strict=True):
        if amount is not None and not _fits(amount, unit):
            found += _check_amount(field, amount, line.currency)
    if line.country is not None:
        found += _check_country("country", line.country)
    if line.spent is not None:
        found += _check_spent(line.spent)
    if line.rate is not None:
        found += _check_rate(line.rate, today)
        if line.spent is None:
            found.append(Finding("rate", "has no amount spent to apply to"))
    return found


def _check_spent(spent: Spent) -> list[Finding]:
    found = [*_check_currency("spent.currency", spent.currency)]
    if not _fits(spent.amount, _unit(spent.currency)):
        found += _check_amount("spent.amount", spent.amount, spent.currency)
    if spent.amount.is_finite() and spent.amount < 0:
        found.append(Finding("spent.amount", "is negative"))
    return found


def _check_rate(rate: Rate, today: date) -> list[Finding]:
    found = [Finding("rate.value", why)] if (why := _why_no_rate(rate.value)) else []
    if rate.day > today:
        found.append(Finding("rate.day", f"{rate.day} is in the future"))
    return found


@lru_cache(maxsize=1024)  # a day has one rate a currency
def _why_no_rate(value: Decimal) -> str | None:
    if not value.is_finite() or not 0 < value < _HIGHEST_RATE:
        return "is not a rate"
    if _decimals(value) > _MOST_RATE_DECIMALS:
        return f"has more than {_MOST_RATE_DECIMALS} decimals"
    return None


@cache
def _currency_exists(code: str) -> bool:
    try:
        minor_units(code)
    except UnknownCurrency:
        return False
    return True


def _check_currency(field: str, code: str) -> tuple[Finding, ...]:
    if _currency_exists(code):
        return ()
    return (Finding(field, f"{shown(code)} is not a currency of ISO 4217"),)


def _decimals(amount: Decimal) -> int:
    return -int(amount.as_tuple().exponent)


@cache
def _unit(currency: str) -> Decimal:
    known = _currency_exists(currency)
    return Decimal(1).scaleb(-minor_units(currency) if known else -4)


def _fits(amount: Decimal, unit: Decimal) -> bool:
    """The common case, quickly: written to the minor unit, and of a size that exists."""
    return amount.same_quantum(unit) and -_ABSURD < amount < _ABSURD


def _check_amount(field: str, amount: Decimal, currency: str) -> tuple[Finding, ...]:
    """A currency that does not exist is another finding; here it may have four decimals."""
    unit = _unit(currency)
    try:
        if not -_ABSURD < amount < _ABSURD:
            return (Finding(field, "is too large to be true"),)
        if amount != amount.quantize(unit):
            why = f"has more decimals than {currency} has ({_decimals(unit)})"
            return (Finding(field, why),)
    except InvalidOperation:  # not a number, or with more digits than arithmetic keeps
        return (Finding(field, "is not an amount"),)
    return ()
