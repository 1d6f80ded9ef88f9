"""Coverage → Contract: one for each coverage identifier of a patient, else one a payor.

Synthea contains a nameless Coverage in every explanation, so that many resources are one contract; and
its claims name the payor only.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from babel.numbers import get_territory_currencies
from msgspec import UNSET, UnsetType

from havre.exchanges.fhir.mapping.values import Unreadable, code, cut, day, readable, slug
from havre.exchanges.fhir.resources import Coverage
from havre.journeys.loading.problems import Location
from havre.journeys.loading.records import Contract, Cover

UNUSED = ("draft", "entered-in-error")
"""Statuses of a Coverage that never covered anyone."""


@dataclass(frozen=True)
class StatedDays:
    """The days that a Coverage states; ``None`` is "not stated"."""

    start: date | None
    end: date | None


@dataclass
class Policy:
    """A contract in the making: what all resources that speak of it say together."""

    patient: str
    payor: str
    location: Location
    identifier: str | None = None
    kind: str | None = None
    periods: list[StatedDays] = field(default_factory=list)
    currencies: Counter[str] = field(default_factory=Counter)
    first_care: date | None = None

    @property
    def external_id(self) -> str:
        """Begins with the patient: family members share a member number, households share no contract."""
        return code(f"{self.patient}:{self.identifier or slug(self.payor)}")

    @property
    def number(self) -> str:
        return code(self.identifier or f"{slug(self.payor)}-{readable(self.patient)}")

    @property
    def title(self) -> str:
        """The payor, and the kind of cover where it says more."""
        if self.kind and self.kind.casefold() not in self.payor.casefold():
            return cut(f"{self.payor}, {self.kind}")
        return cut(self.payor)

    def cared(self, on: date, currency: str | None) -> None:
        """Takes note of care under this contract, and of the currency it was settled in."""
        self.first_care = min(self.first_care or on, on)
        if currency:
            self.currencies[currency] += 1


@dataclass
class Policies:
    """All contracts of one command, found by patient and identifier, or by patient and payor."""

    by_key: dict[tuple[str, str, str], Policy] = field(default_factory=dict)

    def of_coverage(
        self, coverage: Coverage, *, patient: str, payor: str, location: Location
    ) -> Policy:
        """The contract that the resource speaks of, with its period. Refuses ``Unreadable`` dates."""
        identifier = next((one.value for one in coverage.identifier if one.value), None)
        if identifier is None:
            policy = self.of_payor(patient=patient, payor=payor, location=location)
        else:
            key = ("identifier", patient, identifier)
            new = Policy(patient, payor, location, identifier=identifier)
            policy = self.by_key.setdefault(key, new)
        policy.kind = policy.kind or coverage.type.words
        period = _period(coverage)
        if period not in policy.periods:
            policy.periods.append(period)
        return policy

    def of_payor(self, *, patient: str, payor: str, location: Location) -> Policy:
        """The contract of the patient with that payor, found or begun."""
        named = [one for one in self.by_key.values() if one.patient == patient]
        known = next((one for one in named if one.payor.casefold() == payor.casefold()), None)
        if known is not None:
            return known
        key = ("payor", patient, payor.casefold())
        return self.by_key.setdefault(key, Policy(patient, payor, location))


def contract(policy: Policy, *, source: str, home: str | None) -> Contract:
    """The contract's record. A cover whose start is not stated runs from the earliest care.

    Its currency is the one that most of its explanations are in, else that of the country of residence.
    Refuses ``Unreadable`` a contract whose currency nothing tells.
    """
    covers = _covers(policy)
    return Contract(
        source=source,
        external_id=policy.external_id,
        household=policy.patient,
        number=policy.number,
        kind="INDIVIDUAL",
        scheme="NOT_STATED",
        currency=_currency(policy, home),
        title=policy.title,
        start=min((cover.start for cover in covers), default=None),
        end=_last_end(covers),
        covers=covers,
    )


def start_is_deduced(policy: Policy) -> bool:
    """Whether a cover's start is that of the earliest care, for want of a stated one."""
    return policy.first_care is not None and _lacks_start(policy)


def _lacks_start(policy: Policy) -> bool:
    return all(period.start is None for period in policy.periods)


def _period(coverage: Coverage) -> StatedDays:
    stated = coverage.period
    start = day(stated.start, "period.start") if stated.start else None
    end = day(stated.end, "period.end") if stated.end else None
    if start and end and end < start:
        raise Unreadable("period.end", "is before its start")
    return StatedDays(start, end)


def _covers(policy: Policy) -> tuple[Cover, ...]:
    stated = [(one.start, one.end) for one in policy.periods if one.start]
    if not stated and policy.first_care is not None:
        ends = [one.end for one in policy.periods if one.end]
        end = max(ends, default=None)
        stated = [(min(policy.first_care, end or policy.first_care), end)]
    return tuple(
        Cover(person=policy.patient, start=start, end=end or UNSET)
        for start, end in sorted(stated, key=lambda one: one[0])
    )


def _last_end(covers: tuple[Cover, ...]) -> date | UnsetType:
    """The contract ends with its last cover, if all of them end."""
    ends = [cover.end for cover in covers if isinstance(cover.end, date)]
    return max(ends) if ends and len(ends) == len(covers) else UNSET


def _currency(policy: Policy, home: str | None) -> str:
    if policy.currencies:
        return min(policy.currencies, key=lambda one: (-policy.currencies[one], one))
    at_home = get_territory_currencies(home) if home else []
    if not at_home:
        raise Unreadable("payor", "neither an amount nor the address tells the contract's currency")
    return str(at_home[0])
