"""Everything that changes prices."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from havre.domains.pricing.models import TariffLine
from havre.foundation.money import minor_units
from havre.foundation.refusals import Refusal

COLUMNS = (
    *("product", "formula", "option", "name_fr", "name_en", "scheme", "zone"),
    *("from_age", "to_age", "monthly", "currency", "first_day", "last_day"),
)
_SCHEMES = ("", "CFE_COMPLEMENT", "FIRST_EURO", "NOT_STATED")


class WrongPrices(Refusal):
    """The file is no price list; each line says where and what."""

    def __init__(self, lines: Collection[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


def load_prices(text: str) -> int:
    """Put the price lists of the products that the CSV names in place of those there were; how many lines.

    All or nothing. Needs the caller's transaction under a role that writes what is sold. Refuses
    ``WrongPrices``.
    """
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise WrongPrices([f"line 1: the columns {', '.join(missing)} are missing"])
    rows, faults = _read(reader)
    if faults or not rows:
        raise WrongPrices(faults or ["line 2: there is no price"])
    TariffLine.objects.filter(product_code__in={row.product_code for row in rows}).delete()
    TariffLine.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _read(lines: Iterable[Mapping[str, str]]) -> tuple[list[TariffLine], list[str]]:
    rows: dict[tuple[object, ...], TariffLine] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 2):
        wrong = list(_faults(line))
        faults += [f"line {number}: {fault}" for fault in wrong]
        if wrong:
            continue
        row = _row(line)
        key = (
            *(row.product_code, row.formula_code, row.option_code, row.scheme, row.zone),
            *(row.from_age, row.first_day),
        )
        if key in rows:
            faults.append(f"line {number}: the same price was said above")
        rows[key] = row
    return list(rows.values()), faults


def _faults(line: Mapping[str, str]) -> Iterator[str]:
    if not line["product"]:
        yield "product is empty"
    if line["option"] and not (line["name_fr"] and line["name_en"]):
        yield "an option is named in both languages: name_fr and name_en"
    if line["scheme"] not in _SCHEMES:
        yield f"scheme is one of {', '.join(filter(None, _SCHEMES))}, or empty"
    for name in ("from_age", "to_age", *(["zone"] if line["zone"] else [])):
        if not line[name].isdigit():
            yield f"{name} is a whole number"
    if not _is_amount(line["monthly"]):
        yield "monthly is an amount such as 128.40"
    try:
        minor_units(line["currency"])
    except Refusal:
        yield "currency is a code such as EUR"
    for name in ("first_day", *(["last_day"] if line["last_day"] else [])):
        try:
            date.fromisoformat(line[name])
        except ValueError:
            yield f"{name} is a day such as 2027-01-01"


def _is_amount(text: str) -> bool:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0


def _row(line: Mapping[str, str]) -> TariffLine:
    return TariffLine(
        product_code=line["product"],
        formula_code=line["formula"],
        option_code=line["option"],
        name_fr=line["name_fr"],
        name_en=line["name_en"],
        scheme=line["scheme"],
        zone=int(line["zone"]) if line["zone"] else None,
        from_age=int(line["from_age"]),
        to_age=int(line["to_age"]),
        monthly=Decimal(line["monthly"]),
        currency=line["currency"],
        first_day=date.fromisoformat(line["first_day"]),
        last_day=date.fromisoformat(line["last_day"]) if line["last_day"] else None,
    )
