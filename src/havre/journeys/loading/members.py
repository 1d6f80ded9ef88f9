"""Loads the records of a members feed: formulas, companies, intermediaries, people, contracts."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from havre.commons.accounts import actions as accounts
from havre.domains.contracts import actions as contracts
from havre.domains.contracts.words import Facts, Scheme
from havre.domains.people import actions as people
from havre.domains.products import actions as products
from havre.foundation.db.intake import Key, WrongRows
from havre.foundation.ids import new_id
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.problems import Located, Problems
from havre.journeys.loading.records import Address, Contract, Formula, Person
from havre.journeys.loading.report import Outcome, Report, RowOutcome
from havre.journeys.loading.resolve import Known
from havre.journeys.loading.telling import identity, row_outcome, tell

_ALWAYS_STATED = ("family_name", "first_name", "link")
_FEED = "feed"  # by whom a death is recorded that a file says
_STATED_IF_SET = (
    *("adherent_number", "nir", "email", "phone", "language"),
    *("expatriation_country", "deceased_on", "membership_end"),
)


def load_formulas(batch: Batch, known: Known, report: Report, *, every_row: bool) -> None:
    if not batch.formulas:
        return
    formulas: list[Formula] = [located.record for located in batch.formulas]
    ids = [known.formulas.setdefault((each.product, each.code), new_id()) for each in formulas]
    taken = products.load_formulas(
        [
            products.FormulaRow(
                *(row_id, formula.product, formula.code),
                *(formula.product_name.fr, formula.product_name.en),
                *(formula.name.fr, formula.name.en),
                *(formula.currency, formula.year),
                *(formula.ceilings_count, formula.overall_ceiling),
            )
            for row_id, formula in zip(ids, formulas, strict=True)
        ]
    )
    changed = products.load_guarantees(
        [
            products.GuaranteeRow(
                *(row_id, position, shown.category),
                *(shown.label.fr, shown.label.en, shown.text.fr, shown.text.en),
                *(shown.code, shown.percent, shown.percent_of),
                msgspec.json.encode(shown.ceilings).decode(),
                *(shown.waiting_months, shown.prior_agreement, shown.prior_agreement_above),
            )
            for row_id, formula in zip(ids, formulas, strict=True)
            for position, shown in enumerate(formula.guarantees)
        ]
    )
    also = {place: ("guarantees",) for place, row_id in enumerate(ids) if row_id in changed}
    tell(report, "formula", batch.formulas, taken, every_row=every_row, also=also)


def load_companies(batch: Batch, known: Known, report: Report, *, every_row: bool) -> None:
    """Employers and intermediaries."""
    if batch.companies:
        companies = people.load_companies(
            [
                people.CompanyRow(
                    _id(known.companies, company), *_key(company), company.name, company.siren
                )
                for company in (located.record for located in batch.companies)
            ]
        )
        tell(report, "company", batch.companies, companies, every_row=every_row)
    if batch.intermediaries:
        agents = people.load_intermediaries(
            [
                people.IntermediaryRow(_id(known.intermediaries, agent), *_key(agent), agent.name)
                for agent in (located.record for located in batch.intermediaries)
            ]
        )
        tell(report, "intermediary", batch.intermediaries, agents, every_row=every_row)


# --- People --------------------------------------------------------------------------------------


def load_people(
    batch: Batch,
    known: Known,
    report: Report,
    *,
    now: datetime,
    issue_numbers: bool,
    dry_run: bool,
) -> None:
    """Refuses (``WrongFeed``) what contradicts the people that are known."""
    if not batch.persons:
        return
    people.load_households(list(_new_households(batch.persons, known)))
    stated = [_stated(located.record, known) for located in batch.persons]
    try:
        loaded = people.load_people(stated, now=now, issue_missing_numbers=issue_numbers)
    except WrongRows as wrong:
        _refuse(wrong, batch.persons)
        raise
    _tell_accounts(loaded)
    _tell_deaths(batch, loaded, now=now)
    for located, person in zip(batch.persons, loaded, strict=True):
        known.persons[_key(located.record)] = person.id
        report.extend(_told(located, person, dry_run=dry_run))


def _tell_accounts(loaded: Sequence[people.LoadedPerson]) -> None:
    """Members sign in with the number that the feed gives them, and no longer with another."""
    of_account = {"adherent_number", "language"}
    accounts.follow_members(
        [
            accounts.MemberNow(person.membership, person.adherent_number, person.language)
            for person in loaded
            if not person.new and of_account.intersection(person.changed)
        ]
    )


def _tell_deaths(batch: Batch, loaded: Sequence[people.LoadedPerson], *, now: datetime) -> None:
    """Nobody signs in for someone who died, from the file that says so on."""
    died = [
        person.membership
        for located, person in zip(batch.persons, loaded, strict=True)
        if isinstance(located.record.deceased_on, date) and not person.new
    ]
    if died:
        accounts.record_deaths(memberships=died, by=_FEED, now=now)


def _new_households(
    persons: Sequence[Located[Person]], known: Known
) -> Iterator[people.HouseholdRow]:
    for located in persons:
        key = (located.record.source, located.record.household)
        if key not in known.households:
            known.households[key] = new_id()
            yield people.HouseholdRow(known.households[key], *key)


def _stated(person: Person, known: Known) -> people.StatedPerson:
    """What the record says; a birth date left out says nothing, as every record has the field."""
    stated: dict[str, object] = {name: getattr(person, name) for name in _ALWAYS_STATED}
    for name in _STATED_IF_SET:
        if (value := getattr(person, name)) is not UNSET:
            stated[name] = value
    if person.birth_date:
        stated["birth_date"] = person.birth_date
    if not isinstance(person.address, UnsetType):
        stated["address"] = _address(person.address) if person.address else None
    household = known.households[(person.source, person.household)]
    return people.StatedPerson(household, person.source, person.external_id, stated)


def _address(address: Address) -> people.StatedAddress:
    return people.StatedAddress(address.lines, address.postal_code, address.city, address.country)


def _told(
    located: Located[Person], person: people.LoadedPerson, *, dry_run: bool
) -> Iterator[RowOutcome]:
    """A row left to review is told as such, what changed beside it after what is to review."""
    outcome = Outcome.CHANGED if person.changed else Outcome.SAME
    outcome = Outcome.NEW if person.new else outcome
    fields = () if person.new else person.changed
    if person.to_review:
        outcome, fields = Outcome.TO_REVIEW, (*person.to_review, *fields)
    yield row_outcome("person", located, outcome, fields)
    if person.issued:
        # The number that a dry run drew is nobody's.
        detail = "a number would be issued" if dry_run else person.issued
        named = identity(located.record)
        yield RowOutcome(located.location, "person", named, Outcome.ISSUED, detail)


# --- Contracts -----------------------------------------------------------------------------------


def load_contracts(
    batch: Batch, known: Known, report: Report, *, today: date, every_row: bool
) -> dict[Key, UUID]:
    """The ids of the contracts of the batch. Refuses (``WrongFeed``) one that ends before it starts."""
    ids: dict[Key, UUID] = {}
    if not batch.contracts:
        return ids
    _refuse_wrong_ends(batch.contracts, known)
    rows = []
    for located in batch.contracts:
        key = _key(located.record)
        ids[key] = known.contracts[key].id if key in known.contracts else new_id()
        rows.append(_contract_row(located.record, ids[key], known))
    taken = contracts.load_contracts(rows)
    contracts.load_versions(
        [_version_row(row, at.record) for row, at in zip(rows, batch.contracts, strict=True)],
        on=today,
    )
    also: dict[int, list[str]] = {}
    for name, place in (
        *_load_options(rows, batch.contracts),
        *_load_covers(rows, batch.contracts, known),
    ):
        if name not in also.setdefault(place, []):
            also[place].append(name)
    tell(report, "contract", batch.contracts, taken, every_row=every_row, also=also)
    return ids


def _refuse_wrong_ends(records: Sequence[Located[Contract]], known: Known) -> None:
    """An end that the feed leaves out is the one known."""
    problems = Problems()
    for located in records:
        start, found = located.record.start, known.contracts.get(_key(located.record))
        end = found.last_day if found and located.record.end is UNSET else None
        if start and end and end < start:
            problems.add(located.location, "start", f"{start} is after the known end, {end}")
    problems.refuse()


def _contract_row(contract: Contract, row_id: UUID, known: Known) -> contracts.ContractRow:
    source = contract.source
    return contracts.ContractRow(
        id=row_id,
        household_id=known.households[(source, contract.household)],
        source=source,
        external_id=contract.external_id,
        number=contract.number,
        title=contract.title,
        formula_id=_reference(known.formulas, contract.product, contract.formula),
        kind=contract.kind,
        employer_id=_reference(known.companies, source, contract.employer),
        intermediary_id=_reference(known.intermediaries, source, contract.intermediary),
        scheme=contract.scheme,
        zone=contract.zone,
        currency=contract.currency,
        first_day=contract.start,
        last_day=contract.end or None,
        last_day_given=contract.end is not UNSET,
    )


def _version_row(row: contracts.ContractRow, contract: Contract) -> contracts.VersionRow:
    return contracts.VersionRow(
        household_id=row.household_id,
        contract_id=row.id,
        since=contract.since,
        first_day=row.first_day,
        facts=Facts(row.formula_id, Scheme(row.scheme), row.zone),
    )


def _load_options(
    rows: Sequence[contracts.ContractRow], records: Sequence[Located[Contract]]
) -> Iterator[tuple[str, int]]:
    """``options`` and the place of the contract, for each that is new or changed."""
    options = [
        (place, option)
        for place, located in enumerate(records)
        for option in located.record.options
    ]
    taken = contracts.load_options(
        [
            contracts.OptionRow(
                id=new_id(),
                household_id=rows[place].household_id,
                contract_id=rows[place].id,
                code=option.code,
                first_day=option.start,
                name_fr=option.name.fr,
                name_en=option.name.en,
                last_day=option.end or None,
                last_day_given=option.end is not UNSET,
            )
            for place, option in options
        ]
    )
    return (("options", of) for n, (of, _) in enumerate(options) if taken.known.get(n) != ())


def _load_covers(
    rows: Sequence[contracts.ContractRow], records: Sequence[Located[Contract]], known: Known
) -> Iterator[tuple[str, int]]:
    covers = [
        (place, cover) for place, located in enumerate(records) for cover in located.record.covers
    ]
    taken = contracts.load_covers(
        [
            contracts.CoverRow(
                id=new_id(),
                household_id=rows[place].household_id,
                contract_id=rows[place].id,
                person_id=known.persons[(rows[place].source, cover.person)],
                first_day=cover.start,
                last_day=cover.end or None,
                last_day_given=cover.end is not UNSET,
            )
            for place, cover in covers
        ]
    )
    return (("covers", of) for n, (of, _) in enumerate(covers) if taken.known.get(n) != ())


def _reference(known: dict[Key, UUID], first: str | None, second: str | None) -> UUID | None:
    return known[(first, second)] if first and second else None


def _refuse(wrong: WrongRows, records: Sequence[Located[Any]]) -> None:
    problems = Problems()
    for row in wrong.rows:
        problems.add(records[row.place].location, row.field, row.why)
    problems.refuse()


def _key(record: Any) -> Key:
    return record.source, record.external_id


def _id(known: dict[Key, UUID], record: Any) -> UUID:
    return known.setdefault(_key(record), new_id())
