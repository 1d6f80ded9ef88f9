"""What the desk changes in a contract from a day on, and its end. Needs the desk's guard of the household."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from havre.domains.contracts.models import Contract, ContractOption, ContractVersion, Cover
from havre.domains.contracts.words import Facts, Scheme
from havre.foundation.refusals import Refusal


class ContractEnded(Refusal):
    """The contract ends before that day."""


class AlreadyCovered(Refusal):
    """The contract covers the person on that day already."""


class AlreadyHeld(Refusal):
    """The contract has the option on that day already."""


class AlreadyEnding(Refusal):
    """The contract has a last day already, and it is another."""


def change_facts(
    *, household: UUID, contract: UUID, since: date, facts: Facts, today: date
) -> None:
    """The formula, the scheme and the zone are others from ``since`` on. Refuses ``ContractEnded``.

    What was known to change later is replaced.
    """
    row = _locked(household, contract, since)
    versions = ContractVersion.objects.filter(household_id=household, contract_id=contract)
    if not versions.exists():  # what it was until then is a version too
        _version(row, row.first_day or since, Facts(row.formula_id, Scheme(row.scheme), row.zone))
    versions.filter(since__gte=since).delete()
    _version(row, since, facts)
    if since <= today:
        row.formula_id, row.scheme, row.zone = facts.formula, facts.scheme, facts.zone
        row.save(update_fields=["formula_id", "scheme", "zone"])


def add_option(
    *, household: UUID, contract: UUID, code: str, name_fr: str, name_en: str, first_day: date
) -> None:
    """An option from that day on. Refuses ``ContractEnded`` and ``AlreadyHeld``."""
    _locked(household, contract, first_day)
    held = ContractOption.objects.filter(household_id=household, contract_id=contract, code=code)
    if held.filter(Q(last_day=None) | Q(last_day__gte=first_day)).exists():
        raise AlreadyHeld
    ContractOption(
        household_id=household,
        contract_id=contract,
        code=code,
        name_fr=name_fr,
        name_en=name_en,
        first_day=first_day,
    ).save(force_insert=True)


def cover(*, household: UUID, contract: UUID, person: UUID, first_day: date) -> None:
    """Someone is covered from that day on. Refuses ``ContractEnded`` and ``AlreadyCovered``."""
    _locked(household, contract, first_day)
    covers = Cover.objects.filter(household_id=household, contract_id=contract, person_id=person)
    if covers.filter(Q(last_day=None) | Q(last_day__gte=first_day)).exists():
        raise AlreadyCovered
    Cover(household_id=household, contract_id=contract, person_id=person, first_day=first_day).save(
        force_insert=True
    )


def end_covers(
    *, household: UUID, person: UUID, contracts: Collection[UUID], last_day: date
) -> int:
    """Someone is covered until that day by these contracts; how many covers it shortens."""
    covers = Cover.objects.filter(
        household_id=household, person_id=person, contract_id__in=list(contracts)
    ).select_for_update()
    ending = covers.filter(Q(last_day=None) | Q(last_day__gt=last_day), first_day__lte=last_day)
    return ending.update(last_day=last_day)


def end_all_covers(*, household: UUID, person: UUID, last_day: date) -> dict[UUID, date | None]:
    """Someone is covered until that day and no longer; each cover it shortens, with its last day before."""
    covers = Cover.objects.filter(household_id=household, person_id=person).select_for_update()
    ending = covers.filter(Q(last_day=None) | Q(last_day__gt=last_day), first_day__lte=last_day)
    before = dict(ending.values_list("id", "last_day"))
    Cover.objects.filter(household_id=household, id__in=before).update(last_day=last_day)
    return before


def give_covers_back(
    *, household: UUID, before: Mapping[UUID, date | None], last_day: date
) -> None:
    """Covers that end on ``last_day`` by ``end_all_covers`` end as before; what moved since stays."""
    for cover_id, day in before.items():
        rows = Cover.objects.filter(household_id=household, id=cover_id, last_day=last_day)
        rows.update(last_day=day)


def end_contract(*, household: UUID, contract: UUID, last_day: date) -> None:
    """The contract, its covers and its options end with that day.

    Ended twice on the same day is ended once. Refuses ``AlreadyEnding``.
    """
    row = Contract.objects.select_for_update().get(household_id=household, id=contract)
    if row.last_day == last_day:
        return
    if row.last_day is not None and row.last_day < last_day:
        raise AlreadyEnding
    row.last_day = last_day
    row.save(update_fields=["last_day"])
    for model in (Cover, ContractOption):
        rows = model.objects.filter(household_id=household, contract_id=contract)
        rows.filter(Q(last_day=None) | Q(last_day__gt=last_day), first_day__lte=last_day).update(
            last_day=last_day
        )


def _locked(household: UUID, contract: UUID, on: date) -> Contract:
    row = Contract.objects.select_for_update().get(household_id=household, id=contract)
    if row.last_day is not None and row.last_day < on:
        raise ContractEnded
    return row


def _version(row: Contract, since: date, facts: Facts) -> None:
    ContractVersion(
        household_id=row.household_id,
        contract_id=row.id,
        since=since,
        formula_id=facts.formula,
        scheme=facts.scheme,
        zone=facts.zone,
    ).save(force_insert=True)
