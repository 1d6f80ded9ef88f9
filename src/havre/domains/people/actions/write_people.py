"""Writing merged people as a set: persons, memberships, numbers, and what is left to review."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.domains.people.actions.merged_people import Member
from havre.domains.people.actions.numbers import record_numbers
from havre.domains.people.actions.stated_people import StatedAddress
from havre.domains.people.words import DIFFERENCES_NEED, DifferenceState
from havre.foundation.crypto import Place, vault
from havre.foundation.db.intake import Intake
from havre.foundation.ids import new_id
from havre.foundation.names import sort_key


class _PersonRow(NamedTuple):
    id: UUID
    household_id: UUID
    source: str
    external_id: str
    family_name: str
    first_name: str
    sort_key: str
    birth_date: date | None
    nir: bytes | None
    nir_index: bytes | None
    deceased_on: date | None
    origin: Jsonb


class _MembershipRow(NamedTuple):
    id: UUID
    household_id: UUID
    person_id: UUID
    link: str
    adherent_number: str | None
    email: str | None
    phone: str | None
    address_lines: Jsonb | None
    postal_code: str | None
    city: str | None
    country: str | None
    language: str
    expatriation_country: str | None
    membership_end: date | None
    origin: Jsonb


class _DifferenceRow(NamedTuple):
    id: UUID
    household_id: UUID
    person_id: UUID
    field: str
    feed_value: bytes | None
    feed_index: bytes
    state: str


_PERSONS = Intake(
    "people_person",
    _PersonRow,
    key=("household_id", "source", "external_id"),
    once=("id",),
    sealed={"nir": "nir_index"},
)
_MEMBERSHIPS = Intake(
    "people_membership", _MembershipRow, key=("household_id", "person_id"), once=("id",)
)
_DIFFERENCES = Intake(
    "people_difference",
    _DifferenceRow,
    key=("household_id", "person_id", "field", "feed_index"),
    once=("id", "feed_value", "state"),
)


def write(members: Sequence[Member]) -> None:
    _PERSONS.take(map(_person_row, members))
    _MEMBERSHIPS.take(map(_membership_row, members))
    changing = [member for member in members if member.number_changes]
    record_numbers(
        {member.membership: member.number for member in changing if member.number},
        households={member.membership: member.stated.household_id for member in changing},
    )


def _person_row(member: Member) -> _PersonRow:
    stated = member.stated
    sealed = None
    if "nir" in member.merged.changed and isinstance(nir := stated.stated["nir"], str):
        sealed = vault().seal(nir, place=Place("people_person", "nir", member.id))
    family_name, first_name = member.value("family_name"), member.value("first_name")
    return _PersonRow(
        member.id,
        *stated[:3],
        family_name,
        first_name,
        sort_key(f"{family_name} {first_name}"),
        member.value("birth_date"),
        sealed,
        member.value("nir"),
        member.value("deceased_on"),
        member.origin_of(person=True),
    )


def _membership_row(member: Member) -> _MembershipRow:
    address = member.value("address")
    return _MembershipRow(
        id=member.membership,
        household_id=member.stated.household_id,
        person_id=member.id,
        link=member.value("link"),
        adherent_number=member.number,
        email=member.value("email"),
        phone=member.value("phone"),
        address_lines=Jsonb(list(address.lines)) if address else None,
        postal_code=address.postal_code if address else None,
        city=address.city if address else None,
        country=address.country if address else None,
        language=member.language,
        expatriation_country=member.value("expatriation_country"),
        membership_end=member.value("membership_end"),
        origin=member.origin_of(person=False),
    )


def notice(members: Sequence[Member], *, now: datetime) -> Collection[tuple[UUID, str]]:
    """Keep what the feed says apart, a value once; which person's fields are noticed now."""
    fields = [(member, field) for member in members for field in member.merged.contested]
    rows = [_difference(member, field) for member, field in fields]
    known = _DIFFERENCES.take(rows).known
    fresh = [place for place in range(len(rows)) if place not in known]
    worklist.put_many(_item(rows[place], fields[place][0], now=now) for place in fresh)
    return {(fields[place][0].id, fields[place][1]) for place in fresh}


def _item(row: _DifferenceRow, member: Member, *, now: datetime) -> Item:
    return Item(
        source=Source.DIFFERENCE,
        source_id=row.id,
        kind=row.field,
        needs=DIFFERENCES_NEED,
        opened_at=now,
        household=row.household_id,
        membership=member.membership,
        language=member.language,
    )


def _difference(member: Member, field: str) -> _DifferenceRow:
    row_id = new_id()
    text = _text(member.stated.stated[field])
    place = Place("people_difference", "feed_value", row_id)
    return _DifferenceRow(
        id=row_id,
        household_id=member.stated.household_id,
        person_id=member.id,
        field=field,
        feed_value=None if text is None else vault().seal(text, place=place),
        feed_index=vault().blind(text or "", purpose=f"difference {field}"),
        state=DifferenceState.WAITING,
    )


def _text(value: object) -> str | None:
    """A value as it is sealed: an address as JSON, a day as YYYY-MM-DD."""
    if isinstance(value, StatedAddress):
        return json.dumps(value._asdict(), ensure_ascii=False)
    return None if value is None else str(value)
