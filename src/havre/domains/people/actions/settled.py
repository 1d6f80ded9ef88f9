"""What the desk sets right about people after it saw a proof. No feed replaces it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from havre.domains.people.actions.own_contact import ChangedMeanwhile
from havre.domains.people.models import Membership, Person
from havre.domains.people.words import FamilyLink, Origin
from havre.foundation.crypto import Place, vault
from havre.foundation.identifiers import check_nir
from havre.foundation.ids import new_id
from havre.foundation.names import sort_key
from havre.foundation.refusals import Refusal

BY_DESK = "desk"
"""The source of people whom the desk added: they have no record in any feed."""


class Identity(StrEnum):
    """What of a person needs a proof to change; the value names its origin too."""

    FAMILY_NAME = "family_name"
    FIRST_NAME = "first_name"
    BIRTH_DATE = "birth_date"
    NIR = "nir"


class AlreadyThere(Refusal):
    """Someone of that name and birth date is of the household already."""


def set_identity(
    *,
    household: UUID,
    person: UUID,
    values: Mapping[Identity, str],
    asked_by: Origin,
    source: str,
    now: datetime,
) -> None:
    """Set what was proved, confirmed. Days are ISO, a number is checked (``WrongIdentifier``).

    ``asked_by``: how it was asked; ``source``: the number of the request. Needs the desk's guard of the
    household.
    """
    row = Person.objects.select_for_update().get(household_id=household, id=person)
    mark = _mark(asked_by, source, now)
    for what, value in values.items():
        if what is Identity.NIR:
            _number(row, value)
        elif what is Identity.BIRTH_DATE:
            row.birth_date = date.fromisoformat(value)
        else:
            setattr(row, what.value, value)
    row.sort_key = sort_key(f"{row.family_name} {row.first_name}")
    row.origin = {**row.origin, **{what.value: mark for what in values}}
    row.save(
        update_fields=[
            *("family_name", "first_name", "sort_key", "birth_date", "nir", "nir_index", "origin")
        ]
    )


def set_expatriation_country(
    *,
    household: UUID,
    membership: UUID,
    country: str,
    asked_by: Origin,
    source: str,
    now: datetime,
) -> None:
    """Where a member lives, confirmed. Needs the desk's guard of the household."""
    row = Membership.objects.select_for_update().get(household_id=household, id=membership)
    row.expatriation_country = country
    row.origin = {**row.origin, "expatriation_country": _mark(asked_by, source, now)}
    row.save(update_fields=["expatriation_country", "origin"])


def add_person(
    *,
    household: UUID,
    family_name: str,
    first_name: str,
    birth_date: date,
    link: FamilyLink,
    nir: str,
    language: str,
    asked_by: Origin,
    source: str,
    now: datetime,
) -> UUID:
    """Add someone to the household, with a place in it and no number of their own; their id.

    Needs the desk's guard of the household. Refuses ``AlreadyThere``, so that a request decided twice
    adds one person.
    """
    key = sort_key(f"{family_name} {first_name}")
    _refuse_known(household, key, birth_date)
    person, mark = new_id(), _mark(asked_by, source, now)
    row = Person(
        id=person,
        household_id=household,
        source=BY_DESK,
        external_id=str(person),
        family_name=family_name,
        first_name=first_name,
        sort_key=key,
        birth_date=birth_date,
        origin={one.value: mark for one in Identity if nir or one is not Identity.NIR},
    )
    if nir:
        _number(row, nir)
    row.save(force_insert=True)
    place = Membership(household_id=household, person_id=person, link=link, language=language)
    place.origin = {"link": mark}
    place.save(force_insert=True)
    return person


def change_link(
    *, household: UUID, person: UUID, link: FamilyLink, asked_by: Origin, source: str, now: datetime
) -> None:
    """What someone is to the holder. Needs the desk's guard of the household."""
    row = Membership.objects.select_for_update().get(household_id=household, person_id=person)
    row.link, row.origin = link, {**row.origin, "link": _mark(asked_by, source, now)}
    row.save(update_fields=["link", "origin"])


def end_membership(
    *,
    household: UUID,
    person: UUID,
    last_day: date,
    asked_by: Origin,
    source: str,
    now: datetime,
) -> None:
    """Someone leaves the household at the end of that day. Needs the desk's guard of the household.

    Refuses ``ChangedMeanwhile`` where they leave on another day already.
    """
    row = Membership.objects.select_for_update().get(household_id=household, person_id=person)
    if row.membership_end not in (None, last_day):
        raise ChangedMeanwhile
    row.membership_end = last_day
    row.origin = {**row.origin, "membership_end": _mark(asked_by, source, now)}
    row.save(update_fields=["membership_end", "origin"])


def _refuse_known(household: UUID, key: str, birth_date: date) -> None:
    known = Person.objects.filter(household_id=household, sort_key=key, birth_date=birth_date)
    if known.exists():
        raise AlreadyThere


def _number(row: Person, nir: str) -> None:
    number = check_nir(nir, provisional_ok=True)
    row.nir = vault().seal(number, place=Place("people_person", "nir", row.id))
    row.nir_index = vault().blind(number, purpose="nir")


def _mark(asked_by: Origin, source: str, now: datetime) -> dict[str, object]:
    return {"by": asked_by, "source": source, "at": now.isoformat(), "confirmed": True}
