"""Reads FHIR R4 files into the records of a feed, all of them or none."""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import UNSET

from havre.exchanges.fhir.files import Found, Opened
from havre.exchanges.fhir.mapping import contracts, people, statements
from havre.exchanges.fhir.mapping.amounts import Settlement, settle
from havre.exchanges.fhir.mapping.contracts import Policies, Policy
from havre.exchanges.fhir.mapping.values import Unreadable
from havre.exchanges.fhir.references import Known
from havre.exchanges.fhir.resources import Claim, Coverage, ExplanationOfBenefit, Patient, Reference
from havre.exchanges.fhir.surroundings import Surroundings
from havre.journeys.loading.problems import Located, Location, Problems
from havre.journeys.loading.records import MemberRecord, StatementRecord

SOURCE = "FHIR"
R = TypeVar("R", bound=MemberRecord | StatementRecord)


class Remark(StrEnum):
    """What an operator should know of a resource that was read all the same."""

    COVER_FROM_EARLIEST_CARE = "COVER_FROM_EARLIEST_CARE"
    COVERAGE_OF_ANOTHER_PERSON = "COVERAGE_OF_ANOTHER_PERSON"
    TOTALS_DIFFER_FROM_ITEMS = "TOTALS_DIFFER_FROM_ITEMS"
    NOT_A_STANDING_CLAIM = "NOT_A_STANDING_CLAIM"


@dataclass(frozen=True)
class Remarked:
    remark: Remark
    location: Location


@dataclass(frozen=True)
class FhirReading:
    """What the files of one command say, as records with the place each was read at.

    ``unmapped`` counts the resources that we do not read, by type; ``without_number`` are the external
    ids of the persons who need an adherent number issued; ``not_settled`` are the external ids of the
    claims that no explanation of benefit answers.
    """

    members: list[Located[MemberRecord]] = field(default_factory=list)
    statements: list[Located[StatementRecord]] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)
    without_number: list[str] = field(default_factory=list)
    not_settled: list[str] = field(default_factory=list)
    remarks: list[Remarked] = field(default_factory=list)


def read(
    paths: Iterable[Path | str],
    number_system: str | None,
    today: date,
    *,
    source: str = SOURCE,
) -> FhirReading:
    """The records of the files, plain or gzipped; a folder stands for the JSON files in it.

    ``number_system`` is the system of the identifier that is the adherent number; ``source`` names who
    keeps these records. Refuses ``WrongFeed`` with every file that is cut or malformed, and every
    mapped resource that lacks a field we cannot do without.
    """
    opened = Opened()
    for path in _files(paths):
        opened.open(path)
    opened.problems.refuse()
    known = Known(opened.found, opened.problems)
    reader = _Reader(known, opened.problems, source, FhirReading(unmapped=opened.unmapped))
    reader.read_people(number_system, today)
    reader.read_contracts_and_statements()
    opened.problems.refuse()
    return reader.reading


def _files(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Every file once, however often it is named."""
    named = (Path(path) for path in paths)
    files = (sorted(_in_folder(path)) if path.is_dir() else [path] for path in named)
    yield from dict.fromkeys(file for some in files for file in some)


def _in_folder(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name.endswith((".json", ".json.gz")))


@dataclass(frozen=True)
class _Placed:
    """An explanation, or a claim that none answers, with the contract it falls under."""

    found: Found
    resource: Claim | ExplanationOfBenefit
    policy: Policy | None
    settlement: Settlement | None


class _Reader:
    def __init__(self, known: Known, problems: Problems, source: str, reading: FhirReading) -> None:
        self.known = known
        self.problems = problems
        self.source = source
        self.reading = reading
        self.around = Surroundings(known, source)
        self.policies = Policies()

    def read_people(self, number_system: str | None, today: date) -> None:
        for patient, found in self.known.of_type(Patient):
            with self._telling(found.location):
                person = people.person(
                    patient, source=self.source, number_system=number_system, today=today
                )
                self.reading.members.append(_checked(person, found.location))
                if person.adherent_number is UNSET:
                    self.reading.without_number.append(person.external_id)

    def read_contracts_and_statements(self) -> None:
        """Explanations first: they tell which claims are answered, and what each contract is made of."""
        for _, found in self.known.of_type(Coverage):
            with self._telling(found.location):
                self._policy_of_coverage(found)
        placed = list(self._placed(ExplanationOfBenefit, answered=frozenset()))
        answered = {self.around.claim_of(one.resource, one.found) for one in placed}
        unanswered = list(self._placed(Claim, answered=answered))
        self.reading.not_settled.extend(one.resource.id for one in unanswered)
        for policy in self.policies.by_key.values():
            with self._telling(policy.location):
                self._add_contract(policy)
        for one in placed + unanswered:
            with self._telling(one.found.location):
                self._add_statement(one)

    @contextmanager
    def _telling(self, location: Location) -> Iterator[None]:
        """Turns what is wrong with a resource into a problem, and goes on to find the others."""
        try:
            yield
        except Unreadable as wrong:
            self.problems.add(location, wrong.field, wrong.why)

    def _remark(self, remark: Remark, location: Location) -> None:
        self.reading.remarks.append(Remarked(remark, location))

    def _placed(
        self, kind: type[Claim] | type[ExplanationOfBenefit], *, answered: AbstractSet[str | None]
    ) -> Iterator[_Placed]:
        for resource, found in self.known.of_type(kind):
            if resource.id in answered:
                continue
            if not statements.stands(resource):
                self._remark(Remark.NOT_A_STANDING_CLAIM, found.location)
                continue
            with self._telling(found.location):
                yield self._place(resource, found)

    def _place(self, resource: Claim | ExplanationOfBenefit, found: Found) -> _Placed:
        settlement = settle(resource) if isinstance(resource, ExplanationOfBenefit) else None
        if settlement and settlement.differs:
            self._remark(Remark.TOTALS_DIFFER_FROM_ITEMS, found.location)
        policy = self._policy(resource, found)
        if policy is not None:
            total = settlement.total if settlement else None
            policy.cared(statements.first_day(resource), total.currency if total else None)
        return _Placed(found, resource, policy, settlement)

    def _policy(self, resource: Claim | ExplanationOfBenefit, found: Found) -> Policy | None:
        """The contract that the care falls under; ``None`` where it is not stated, or is another's."""
        patient = self.around.patient(resource.patient, "patient", found)
        coverage = self.around.coverage(resource, found)
        if coverage is not None:
            policy = self._policy_of_coverage(coverage)
            if policy is None or policy.patient == patient.id:
                return policy
            self._remark(Remark.COVERAGE_OF_ANOTHER_PERSON, found.location)
            return None
        payor = self.around.payor_named(resource, found)
        if payor is None:
            return None
        return self.policies.of_payor(patient=patient.id, payor=payor, location=found.location)

    def _policy_of_coverage(self, found: Found) -> Policy | None:
        coverage = found.resource
        if not isinstance(coverage, Coverage) or coverage.status in contracts.UNUSED:
            return None
        patient = self.around.patient(coverage.beneficiary, "beneficiary", found)
        payor = self.around.payor(coverage, found)
        return self.policies.of_coverage(
            coverage, patient=patient.id, payor=payor, location=found.location
        )

    def _add_contract(self, policy: Policy) -> None:
        patient = self.known.resource(Reference(reference=f"Patient/{policy.patient}"), Patient)
        home = people.home_country(patient) if patient else None
        record = contracts.contract(policy, source=self.source, home=home)
        self.reading.members.append(_checked(record, policy.location))
        if contracts.start_is_deduced(policy):
            self._remark(Remark.COVER_FROM_EARLIEST_CARE, policy.location)

    def _add_statement(self, one: _Placed) -> None:
        contract = one.policy.external_id if one.policy else None
        care = self.around.care(one.resource, one.found, contract)
        records: list[StatementRecord]
        if isinstance(one.resource, ExplanationOfBenefit) and one.settlement:
            transfer, lines = statements.explained(one.resource, one.settlement, care)
            records = [*([transfer] if transfer else []), *lines]
        elif isinstance(one.resource, Claim):
            records = [*statements.unsettled(one.resource, care)]
        checked = [_checked(record, one.found.location) for record in records]
        self.reading.statements.extend(checked)


def _checked(record: R, location: Location) -> Located[R]:
    """The record, held to the shapes that every feed is held to. Refuses ``Unreadable`` another."""
    try:
        msgspec.convert(msgspec.to_builtins(record), type(record))
    except msgspec.ValidationError as wrong:
        why, _, path = str(wrong).partition(" - at `$.")
        raise Unreadable(path.rstrip("`"), why) from None
    return Located(record, location)
