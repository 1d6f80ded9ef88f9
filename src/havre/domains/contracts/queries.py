"""Everything that reads contracts. Each asks for one household, and the guard lets no other through."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Least

from havre.domains.contracts import rules
from havre.domains.contracts.access import Confidentiality, confidentiality
from havre.domains.contracts.models import Contract, ContractOption, ContractVersion, Cover
from havre.domains.contracts.words import (
    Change,
    ContractKind,
    Facts,
    Scheme,
    Standing,
    Version,
    Withheld,
)
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.domains.products import queries as products
from havre.domains.products.queries import product_code_of
from havre.domains.products.words import Bilingual, CeilingYear
from havre.foundation.dates import Period, joined
from havre.foundation.db.reading import Given, PreparedRead

Made = TypeVar("Made")


@dataclass(frozen=True)
class CoverSeen:
    """Who is covered, on days that are days of the contract too."""

    person: UUID
    period: Period


@dataclass(frozen=True)
class OptionSeen:
    code: str
    name: Bilingual
    period: Period

    def standing(self, *, on: date) -> Standing:
        return rules.standing(self.period, on=on)


@dataclass(frozen=True)
class ContractSeen:
    """A contract as it is now, with its options, covers and versions, by their first day."""

    id: UUID
    number: str
    title: str | None
    formula: UUID | None
    kind: ContractKind
    employer: UUID | None
    intermediary: UUID | None
    scheme: Scheme
    zone: int | None
    currency: str
    period: Period
    options: tuple[OptionSeen, ...]
    covers: tuple[CoverSeen, ...]
    versions: tuple[Version, ...] = ()
    employer_name: str | None = None
    intermediary_name: str | None = None

    def as_of(self, day: date) -> "ContractSeen":
        """The contract with formula, scheme and zone as they were, are or will be on that day.

        Options and covers keep their days: see ``standing`` and ``cover_of``.
        """
        facts = rules.facts_on(self.versions, day)
        if facts is None:
            return self
        return replace(self, formula=facts.formula, scheme=facts.scheme, zone=facts.zone)

    def formulas(self) -> set[UUID]:
        """Every formula that it has or had."""
        held = {self.formula, *(version.facts.formula for version in self.versions)}
        return {formula for formula in held if formula is not None}

    def changes(self) -> tuple[Change, ...]:
        """What changed on which day, the newest first."""
        options = [(option.name, option.period) for option in self.options]
        covers = [(cover.person, cover.period) for cover in self.covers]
        return rules.changes(self.period, self.versions, options, covers)

    def ceiling_year(self, kind: CeilingYear, *, on: date) -> Period:
        """The year of that day over which ceilings count."""
        return rules.ceiling_year(kind, first_day=self.period.start, on=on)

    def joined(self, person: UUID, *, on: date) -> date | None:
        """The first day of the cover in force that day, what came before without a gap included."""
        return rules.first_day_of_cover(self.periods_of(person), on=on)

    def waits_until(self, person: UUID, months: int | None, *, on: date) -> date | None:
        """The last day of a waiting period that still runs for the person; none where none does."""
        return rules.waits_until(self.joined(person, on=on), months, on=on)

    def standing(self, *, on: date) -> Standing:
        return rules.standing(self.period, on=on)

    def cover_of(self, person: UUID, *, on: date) -> Period | None:
        """The cover that tells most about that day: in force, else to come, else ended."""
        return rules.nearest(self.periods_of(person), on=on)

    def unbroken_cover_of(self, person: UUID, *, on: date) -> Period | None:
        """The same with all that goes before and after it without a day between."""
        return rules.nearest(joined(self.periods_of(person)), on=on)

    def people(self) -> tuple[UUID, ...]:
        """Whoever was, is or will be covered, each once."""
        return tuple(dict.fromkeys(cover.person for cover in self.covers))

    def periods_of(self, person: UUID) -> list[Period]:
        """Every cover of a person."""
        return [cover.period for cover in self.covers if cover.person == person]


def contracts_of(*, household: UUID) -> list[ContractSeen]:
    """The household's contracts, the newest first. One statement."""
    return sorted(map(_seen, _contracts_of(household=household)), key=_first_day, reverse=True)


def contract_of(*, household: UUID, contract: UUID) -> ContractSeen | None:
    """A contract of the household; another household's is not there. One statement."""
    rows = _contract_of(household=household, contract=contract)
    return _seen(rows[0]) if rows else None


def contracts_shown(
    contracts: Iterable[ContractSeen], *, people: Collection[UUID]
) -> list[ContractSeen]:
    """Contracts of a household as one reads them who is shown these ``people``: with their covers alone.

    A contract that covered none of them is left out, unless it covers nobody at all.
    """
    shown = (
        (one, tuple(cover for cover in one.covers if cover.person in people)) for one in contracts
    )
    return [replace(one, covers=covers) for one, covers in shown if covers or not one.covers]


def standing_of(person: UUID, contracts: list[ContractSeen], *, on: date) -> Period | None:
    """Of all covers of a person, the one that tells most about that day."""
    periods = [
        cover.period
        for contract in contracts
        for cover in contract.covers
        if cover.person == person
    ]
    return rules.nearest(periods, on=on)


def covers_ending(
    contracts: list[ContractSeen], *, on: date, until: date
) -> dict[date, tuple[UUID, ...]]:
    """Whose cover in force ends by ``until`` with nothing after it, by last day."""
    periods: dict[UUID, list[Period]] = {}
    for contract in contracts:
        for cover in contract.covers:
            periods.setdefault(cover.person, []).append(cover.period)
    ending: dict[date, list[UUID]] = {}
    for person, known in periods.items():
        last = rules.last_day_of_cover(known, on=on)
        if last is not None and last <= until:
            ending.setdefault(last, []).append(person)
    return {last: tuple(ending[last]) for last in sorted(ending)}


def rules_of_confidentiality() -> Confidentiality:
    """The rules in force, by which contracts withhold and care is sensitive."""
    return confidentiality()


@dataclass(frozen=True)
class HouseholdSeen:
    """The people of a household, the holder first, and what its contracts withhold and are in."""

    people: list[PersonSeen]
    withheld: Mapping[UUID, frozenset[Withheld]]
    currencies: frozenset[str] = frozenset()

    def contracts_withholding(self, what: Withheld) -> frozenset[UUID]:
        return frozenset(one for one, withheld in self.withheld.items() if what in withheld)


def household_of(*, household: UUID) -> HouseholdSeen:
    """One statement."""
    seen, beside = _household()(household=household)
    withheld = {UUID(row["id"]): _withheld(row) for row in beside.get("contracts", ())}
    currencies = frozenset(row["currency"] for row in beside.get("contracts", ()))
    return HouseholdSeen(seen, withheld, currencies)


@cache
def _household() -> people.HouseholdRead:
    contracts = _ruled(Contract.objects.filter(household_id=Given("household")))
    return people.HouseholdRead(contracts=ArraySubquery(contracts))


def withholding(what: Withheld, *, contracts: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these contracts that withhold it, of any household. Needs the batch role. One statement."""
    if not confidentiality().withholdings:
        return frozenset()
    rows = _ruled(Contract.objects.filter(id__in=list(contracts)))
    return frozenset(UUID(row["row"]["id"]) for row in rows if what in _withheld(row["row"]))


def _ruled(contracts: QuerySet[Contract]) -> QuerySet[Contract, Any]:
    """Of contracts, what rules of confidentiality go by, as one ``row`` each."""
    return contracts.annotate(
        siren=people.siren_of(OuterRef("employer_id")),
        product=products.product_code_of(OuterRef("formula_id")),
    ).values(
        row=JSONObject(
            id="id", kind="kind", employer="siren", product="product", currency="currency"
        )
    )


def _withheld(row: Mapping[str, Any]) -> frozenset[Withheld]:
    return rules.withheld(
        confidentiality().withholdings,
        kind=ContractKind(row["kind"]),
        product=row["product"],
        employer=row["employer"],
    )


class _Row(NamedTuple):
    id: UUID
    number: str
    title: str | None
    formula_id: UUID | None
    kind: str
    employer_id: UUID | None
    intermediary_id: UUID | None
    scheme: str
    zone: int | None
    currency: str
    first_day: date | None
    last_day: date | None
    options: list[dict[str, Any]]
    covers: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    employer_name: str | None
    intermediary_name: str | None


def _with_parts(contracts: QuerySet[Contract]) -> QuerySet[Contract, Any]:
    """Options, covers and names come with their contracts, so that a list costs one statement."""
    same = {"household_id": OuterRef("household_id"), "contract_id": OuterRef("id")}
    options = ContractOption.objects.filter(**same).order_by("first_day", "code")
    covers = Cover.objects.filter(**same).order_by("first_day", "id")
    versions = ContractVersion.objects.filter(**same).order_by("since")
    return contracts.annotate(
        employer_name=people.company_name_of(OuterRef("employer_id")),
        intermediary_name=people.intermediary_name_of(OuterRef("intermediary_id")),
        options=ArraySubquery(
            options.values(
                row=JSONObject(
                    code="code", fr="name_fr", en="name_en", start="first_day", end="last_day"
                )
            )
        ),
        covers=ArraySubquery(
            covers.values(row=JSONObject(person="person_id", start="first_day", end="last_day"))
        ),
        versions=ArraySubquery(
            versions.values(
                row=JSONObject(since="since", formula="formula_id", scheme="scheme", zone="zone")
            )
        ),
    )


_contracts_of = PreparedRead(
    _Row._make,
    _Row._fields,
    lambda: _with_parts(Contract.objects.filter(household_id=Given("household"))),
)
_contract_of = PreparedRead(
    _Row._make,
    _Row._fields,
    lambda: _with_parts(
        Contract.objects.filter(household_id=Given("household"), id=Given("contract"))
    ),
)


def _first_day(contract: ContractSeen) -> tuple[date, str]:
    return contract.period.start or date.min, contract.number


def _seen(row: _Row) -> ContractSeen:
    period = Period(row.first_day, row.last_day)
    covers = ((UUID(cover["person"]), rules.within(_period(cover), period)) for cover in row.covers)
    return ContractSeen(
        id=row.id,
        number=row.number,
        title=row.title,
        formula=row.formula_id,
        kind=ContractKind(row.kind),
        employer=row.employer_id,
        intermediary=row.intermediary_id,
        scheme=Scheme(row.scheme),
        zone=row.zone,
        currency=row.currency,
        period=period,
        options=tuple(_option(option) for option in row.options),
        covers=tuple(CoverSeen(person, days) for person, days in covers if days is not None),
        versions=tuple(map(_version, row.versions)),
        employer_name=row.employer_name,
        intermediary_name=row.intermediary_name,
    )


def _version(row: dict[str, Any]) -> Version:
    facts = Facts(_given(row["formula"], UUID), Scheme(row["scheme"]), row["zone"])
    return Version(date.fromisoformat(row["since"]), facts)


def _option(row: dict[str, Any]) -> OptionSeen:
    return OptionSeen(row["code"], Bilingual(row["fr"], row["en"]), _period(row))


def _period(row: dict[str, Any]) -> Period:
    return Period(_given(row["start"], date.fromisoformat), _given(row["end"], date.fromisoformat))


def _given(value: str | None, read: Callable[[str], Made]) -> Made | None:
    return None if value is None else read(value)


def last_days_of_cover(*, people: Iterable[UUID]) -> dict[UUID, date]:
    """The last day of the last cover of each of these, ``date.max`` where one has no end.

    Who never was covered is left out. Over all households: needs the batch role. One statement.
    """
    contract = Contract.objects.filter(
        household_id=OuterRef("household_id"), id=OuterRef("contract_id")
    )
    # LEAST passes over what is not known: the cover ends with its contract at the latest.
    rows = Cover.objects.filter(person_id__in=list(people)).annotate(
        ends=Coalesce(Least("last_day", Subquery(contract.values("last_day"))), Value(date.max))
    )
    return dict(
        rows.values("person_id").annotate(last=Max("ends")).values_list("person_id", "last")
    )


def last_days_of_contracts(*, households: Iterable[UUID]) -> dict[UUID, date]:
    """The same of the contracts of each of these households, whomever they cover."""
    rows = Contract.objects.filter(household_id__in=list(households)).values("household_id")
    last = Max(Coalesce("last_day", Value(date.max)))
    return dict(rows.annotate(last=last).values_list("household_id", "last"))


def hold_in(contracts: list[ContractSeen], *, person: UUID, zone: int | None, on: date) -> bool:
    """Whether every contract that covers the person, that day or later, holds in that zone as it is."""
    return all(
        rules.zone_holds(contract.zone, zone=zone)
        for contract in contracts
        for cover in contract.covers
        if cover.person == person and rules.standing(cover.period, on=on) is not Standing.ENDED
    )


def within(
    *,
    products: Collection[str] = (),
    employers: Collection[UUID] = (),
    intermediaries: Collection[UUID] = (),
) -> Exists | None:
    """For a statement about rows of households: those with a contract, whenever it ran, of one of
    these products, by one of these employers and through one of these intermediaries. An empty list
    is no limit; none where all are."""
    if not (products or employers or intermediaries):
        return None
    rows = Contract.objects.filter(household_id=OuterRef("household_id"))
    if products:
        rows = rows.alias(product=product_code_of(OuterRef("formula_id")))
        rows = rows.filter(product__in=list(products))
    if employers:
        rows = rows.filter(employer_id__in=list(employers))
    if intermediaries:
        rows = rows.filter(intermediary_id__in=list(intermediaries))
    return Exists(rows)
