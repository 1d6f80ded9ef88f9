"""Everything that reads people. Each asks for one household, and the guard lets no other through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from havre.commons.accounts.queries import same_address
from havre.domains.people.models import (
    Company,
    Directory,
    FormerEmail,
    Intermediary,
    Membership,
    Person,
    Sharing,
)
from havre.domains.people.words import FamilyLink, OriginSeen, origin_seen
from havre.foundation.addresses import PostalAddress
from havre.foundation.crypto import Place, vault
from havre.foundation.dates import age_on
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.identifiers import adherent_key
from havre.foundation.names import same_person_name


@dataclass(frozen=True)
class Located:
    """Where an adherent number leads: ids only."""

    household: UUID
    membership: UUID


@dataclass(frozen=True)
class PersonSeen:
    """A person of the household, with what their membership says. The NIR is apart: see ``nirs_of``."""

    id: UUID
    membership: UUID
    family_name: str
    first_name: str
    link: FamilyLink
    birth_date: date | None
    deceased_on: date | None
    adherent_number: str | None
    email: str | None
    phone: str | None
    language: str
    expatriation_country: str | None
    has_nir: bool
    membership_end: date | None = None
    shares_with: frozenset[UUID] = frozenset()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.family_name}"

    def is_adult(self, *, on: date, majority: int) -> bool:
        """Of age on that day. An unknown birth date counts as of age: the more private reading."""
        if self.birth_date is None:
            return True
        return self.birth_date <= on and age_on(self.birth_date, on) >= majority

    def has_left(self, *, on: date) -> bool:
        """No longer of the household on that day; the end of a membership is its last day."""
        return self.membership_end is not None and self.membership_end < on


@dataclass(frozen=True)
class DetailsSeen:
    """All that is kept of who someone is and how to reach them, and where each value came from.

    ``origins`` are by field; ``address`` is one value.
    """

    person: PersonSeen
    address: PostalAddress | None
    origins: Mapping[str, OriginSeen]


class Addressee(NamedTuple):
    """Someone to write to."""

    household: UUID
    person: UUID
    membership: UUID
    first_name: str
    email: str
    language: str


def locate(*, adherent_number: str) -> Located | None:
    """The household and membership of a number, compared without case, spaces or dashes."""
    row = Directory.objects.filter(number_key=adherent_key(adherent_number)).first()
    return Located(row.household_id, row.membership_id) if row else None


def household_people(*, household: UUID) -> list[PersonSeen]:
    """The people of the household: the holder first, then by age. One statement."""
    return sorted(map(_seen, _people_of(household=household)), key=_by_place)


def person_of(*, household: UUID, membership: UUID) -> PersonSeen | None:
    """The person of a membership of the household. One statement."""
    rows = _person_of(household=household, membership=membership)
    return _seen(rows[0]) if rows else None


def is_same_person(
    person: PersonSeen, *, family_name: str, first_name: str, birth_date: date
) -> bool:
    """Names forgiven their accents, case, hyphens and double forms; the birth date to the day."""
    return (
        person.deceased_on is None
        and person.birth_date == birth_date
        and same_person_name(family_name, first_name, [person.family_name], person.first_name)
    )


def household_details(*, household: UUID) -> list[DetailsSeen]:
    """The same people as ``household_people``, with all that is kept of them. One statement."""
    rows = _memberships().filter(household_id=household).values(*_Row._fields, *_DETAILS)
    return sorted(map(_details_seen, rows), key=lambda found: _by_place(found.person))


def shares_address(person: PersonSeen, *, household: UUID, on: date, majority: int) -> bool:
    """Whether another adult is, or was, of the household and reached at the same e-mail address.

    They would read what is sent to it. One statement.
    """
    return person.email is not None and any(
        one.id != person.id
        and one.email is not None
        and same_address(one.email, person.email)
        and one.is_adult(on=on, majority=majority)
        for one in household_people(household=household)
    )


def addressees(*, people: Iterable[UUID], there_on: date | None = None) -> list[Addressee]:
    """How those among ``people`` are written to who have an e-mail address and are alive, and, with a day,
    had not left by then.

    Over all households: needs the batch role. One statement.
    """
    rows = Membership.objects.filter(
        person_id__in=list(people), email__isnull=False, person__deceased_on__isnull=True
    )
    if there_on is not None:
        rows = rows.exclude(membership_end__lt=there_on)
    columns = ("household_id", "person_id", "id", "person__first_name", "email", "language")
    return [Addressee._make(row) for row in rows.values_list(*columns)]


@dataclass(frozen=True)
class Warned:
    """A person as they are written to about what must not happen in silence: at each of ``emails``,
    today's first."""

    person: UUID
    membership: UUID
    first_name: str
    language: str
    emails: tuple[str, ...]


def to_warn(*, people: Iterable[UUID], since: datetime) -> dict[UUID, Warned]:
    """The living of these people, with their address of today and those on file since that moment.

    Of the household in context, or of all under the batch role. Two statements.
    """
    wanted = list(people)
    rows = Membership.objects.filter(person_id__in=wanted, person__deceased_on__isnull=True)
    columns = ("person_id", "id", "person__first_name", "language", "email")
    known = list(rows.values_list(*columns))
    former: dict[UUID, list[str]] = {}
    kept = FormerEmail.objects.filter(membership__person_id__in=wanted, replaced_at__gte=since)
    for membership, email in kept.order_by("-replaced_at").values_list("membership_id", "email"):
        former.setdefault(membership, []).append(email)
    return {
        person: Warned(person, membership, name, language, _addresses(email, former, membership))
        for person, membership, name, language, email in known
    }


def _addresses(
    email: str | None, former: Mapping[UUID, list[str]], membership: UUID
) -> tuple[str, ...]:
    """Each once, however it is written."""
    once: dict[str, str] = {}
    for one in (*([email] if email else ()), *former.get(membership, ())):
        once.setdefault(one.casefold(), one)
    return tuple(once.values())


def holders_of(*, households: Iterable[UUID], on: date) -> list[UUID]:
    """The persons who hold these households and have not left. Needs the batch role. One statement."""
    rows = Membership.objects.filter(household_id__in=list(households), link=FamilyLink.HOLDER)
    there = rows.exclude(membership_end__lt=on)
    return list(there.values_list("person_id", flat=True))


def people_shown(people: Iterable[PersonSeen], *, reader: UUID, on: date) -> list[PersonSeen]:
    """Of a household, whom a reader is shown: who has left sees themselves alone, and is not shown."""
    everyone = list(people)
    if any(one.id == reader and one.has_left(on=on) for one in everyone):
        return [one for one in everyone if one.id == reader]
    return [one for one in everyone if not one.has_left(on=on)]


def came_of_age(*, since: date, until: date, majority: int) -> list[Located]:
    """Whose coming of age is a day of that period, in any household. Needs the batch role.

    Who was born on 29 February comes of age on 1 March.
    """
    born = [_years_before(day, majority) for day in (since, until)]
    rows = Membership.objects.filter(person__birth_date__range=born)
    places = rows.values_list("household_id", "id", "person__birth_date")
    return [
        Located(household, membership)
        for household, membership, birth_date in places.order_by("id")
        if birth_date
        and age_on(birth_date, until) >= majority > age_on(birth_date, since - timedelta(days=1))
    ]


def _years_before(day: date, years: int) -> date:
    """That day so many years before, or the day before where there was none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def nirs_of(*, household: UUID, people: Iterable[UUID]) -> dict[UUID, str]:
    """Opened NIRs of people of the household; the caller records who looked."""
    rows = Person.objects.filter(household_id=household, id__in=list(people), nir__isnull=False)
    return {
        row.id: vault().open(bytes(row.nir or b""), place=Place("people_person", "nir", row.id))
        for row in rows
    }


_PLACES = (FamilyLink.HOLDER, FamilyLink.SPOUSE, FamilyLink.PARTNER)


def _by_place(person: PersonSeen) -> tuple[int, date, str]:
    place = _PLACES.index(person.link) if person.link in _PLACES else len(_PLACES)
    return place, person.birth_date or date.max, person.first_name


@dataclass(frozen=True)
class NameSeen:
    """Whose something is, for a list of the desk."""

    full_name: str
    adherent_number: str | None


def names_of(*, memberships: Iterable[UUID]) -> dict[UUID, NameSeen]:
    """Names by membership, over all households: for the desk. One statement."""
    rows = Membership.objects.filter(id__in=list(memberships))
    columns = ("id", "person__first_name", "person__family_name", "adherent_number")
    return {
        membership: NameSeen(f"{first_name} {family_name}", number)
        for membership, first_name, family_name, number in rows.values_list(*columns)
    }


class HouseholdRead:
    """The people of a household and, in the same statement, what another app asks of it.

    ``beside`` are expressions with the blank ``household``, each one value for the household.
    """

    def __init__(self, **beside: Combinable) -> None:
        self._beside = tuple(beside)
        self._read = PreparedRead(
            tuple,
            (*_Row._fields, *beside),
            lambda: _memberships().filter(household_id=Given("household")).annotate(**beside),
        )

    def __call__(self, *, household: UUID) -> tuple[list[PersonSeen], dict[str, Any]]:
        rows = self._read(household=household)
        people = [_seen(_Row._make(row[: len(_Row._fields)])) for row in rows]
        values = rows[0][len(_Row._fields) :] if rows else ()
        return sorted(people, key=_by_place), dict(zip(self._beside, values, strict=False))


def company_name_of(company: OuterRef) -> Subquery:
    """The name of an employer, for a statement about what it holds."""
    return Subquery(Company.objects.filter(id=company).values("name"))


def intermediary_name_of(intermediary: OuterRef) -> Subquery:
    """The name of an intermediary, for a statement about what was taken through it."""
    return Subquery(Intermediary.objects.filter(id=intermediary).values("name"))


def siren_of(company: OuterRef) -> Subquery:
    """The SIREN of a company, for a statement about what it is the employer of."""
    return Subquery(Company.objects.filter(id=company).values("siren"))


class _Row(NamedTuple):
    """A membership with its person. The NIR stays where it is: only that there is one comes."""

    id: UUID
    person_id: UUID
    person__family_name: str
    person__first_name: str
    link: str
    person__birth_date: date | None
    person__deceased_on: date | None
    adherent_number: str | None
    email: str | None
    phone: str | None
    language: str
    expatriation_country: str | None
    has_nir: bool
    membership_end: date | None
    shares_with: list[UUID]


def _memberships() -> QuerySet[Membership, Any]:
    sharings = Sharing.objects.filter(
        household_id=OuterRef("household_id"), person_id=OuterRef("person_id"), withdrawn_at=None
    )
    return Membership.objects.annotate(
        has_nir=Q(person__nir__isnull=False),
        shares_with=ArraySubquery(sharings.values("reader_id")),
    )


_DETAILS = (
    *("address_lines", "postal_code", "city", "country", "district", "region"),
    *("origin", "person__origin"),
)


_people_of = PreparedRead(
    _Row._make, _Row._fields, lambda: _memberships().filter(household_id=Given("household"))
)
_person_of = PreparedRead(
    _Row._make,
    _Row._fields,
    lambda: _memberships().filter(household_id=Given("household"), id=Given("membership")),
)


def _seen(row: _Row) -> PersonSeen:
    return PersonSeen(
        id=row.person_id,
        membership=row.id,
        family_name=row.person__family_name,
        first_name=row.person__first_name,
        link=FamilyLink(row.link),
        birth_date=row.person__birth_date,
        deceased_on=row.person__deceased_on,
        adherent_number=row.adherent_number,
        email=row.email,
        phone=row.phone,
        language=row.language,
        expatriation_country=row.expatriation_country,
        has_nir=row.has_nir,
        membership_end=row.membership_end,
        shares_with=frozenset(row.shares_with),
    )


def _details_seen(row: dict[str, Any]) -> DetailsSeen:
    address = None
    if row["country"]:
        address = PostalAddress(
            lines=tuple(row["address_lines"] or ()),
            country=row["country"],
            postal_code=row["postal_code"],
            city=row["city"],
            district=row["district"],
            region=row["region"],
        )
    marks = {**row["person__origin"], **row["origin"]}
    return DetailsSeen(
        person=_seen(_Row._make(row[name] for name in _Row._fields)),
        address=address,
        origins={name: origin_seen(mark) for name, mark in marks.items()},
    )
