"""Finding somebody over all households, for the desk: the roles that may search see everybody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.expressions import Exists
from django.db.models.fields.tuple_lookups import TupleGreaterThan
from django.db.models.functions import Concat, Lower

from havre.domains.people.models import Directory, FormerEmail, Membership, NameKeys, Person
from havre.domains.people.words import FamilyLink
from havre.foundation.crypto import vault
from havre.foundation.identifiers import adherent_key
from havre.foundation.names import sort_key

_FORGIVEN_FROM = 4
"""Letters of a word in which one may be wrong; the database keeps keys for it from here on."""
_BEGUN_FROM = 3
MOST_WORDS = 8
MOST_REACHED = 500


class FoundSeen(NamedTuple):
    """Somebody that a search found, with what tells them from a namesake."""

    household_id: UUID
    id: UUID
    person_id: UUID
    person__family_name: str
    person__first_name: str
    person__sort_key: str
    person__birth_date: date | None
    person__deceased_on: date | None
    link: str
    adherent_number: str | None
    city: str | None
    country: str | None
    membership_end: date | None

    @property
    def full_name(self) -> str:
        return f"{self.person__first_name} {self.person__family_name}"

    @property
    def family_link(self) -> FamilyLink:
        return FamilyLink(self.link)


class AfterName(NamedTuple):
    """Where a page begins: behind this name."""

    sort_key: str
    id: UUID


@dataclass(frozen=True)
class Found:
    """A page of people by name, and where the next begins."""

    people: tuple[FoundSeen, ...]
    later: AfterName | None


def named(
    *, typed: str, near: bool, within: Exists | None, after: AfterName | None, size: int
) -> Found:
    """People in whose name each word of ``typed`` is or begins a word, in any order. One statement.

    With ``near``, one letter of a word may be wrong, missing, too many or elsewhere, two words may be
    written as one, and of three words or more one may be missing from the file.
    """
    words = sort_key(typed).split()[:MOST_WORDS]
    if not words:
        return Found((), None)
    rows = Membership.objects.alias(
        keys=NameKeys("person__sort_key"),
        said=Concat(Value(" "), "person__sort_key", output_field=TextField()),
    )
    wanted = _near(words) if near else _begun(words)
    return _page(rows.filter(wanted), within, after, size)


def reached(
    *,
    number: str = "",
    email: str = "",
    phones: Collection[str] = (),
    nir: str = "",
    people: Collection[UUID] = (),
    memberships: Collection[UUID] = (),
    within: Exists | None,
    after: AfterName | None,
    size: int,
) -> Found:
    """People of this adherent number, address of today or before, telephone (E.164) or social security
    number, or these people or memberships. Two statements.
    """
    ways = _ways_to(number, email, phones, nir, people)
    ids = {*memberships}
    if ways:
        first, *others = ways
        ids |= set(first.union(*others)[:MOST_REACHED])
    return _page(Membership.objects.filter(id__in=ids), within, after, size)


def _ways_to(
    number: str, email: str, phones: Collection[str], nir: str, people: Collection[UUID]
) -> list[QuerySet[Any, Any]]:
    """Ids of memberships, each way by an index of its own: in one rule the database would read them all."""
    ways: list[QuerySet[Any, Any]] = []
    members = Membership.objects.values_list("id", flat=True)
    if number:
        held = Directory.objects.filter(number_key=adherent_key(number))
        ways.append(held.values_list("membership_id", flat=True))
    if email:
        key = email.lower()
        before = FormerEmail.objects.alias(key=Lower("email")).filter(key=key)
        ways.append(members.alias(key=Lower("email")).filter(key=key))
        ways.append(before.values_list("membership_id", flat=True))
    if phones:
        ways.append(members.filter(phone__in=list(phones)))
    if nir:
        index = vault().blind(nir, purpose="nir")
        ways.append(_of_people(Person.objects.filter(nir_index=index)))
    if people:
        ways.append(_of_people(Person.objects.filter(id__in=list(people))))
    return ways


def _of_people(people: QuerySet[Person, Any]) -> QuerySet[Any, Any]:
    rows = Membership.objects.filter(
        person__in=people.values("id"), household_id=F("person__household_id")
    )
    return rows.values_list("id", flat=True)


def place_of(*, membership: UUID, within: Exists | None = None) -> UUID | None:
    """The household of a membership, none where it is not there or not within. One statement."""
    rows = Membership.objects.filter(id=membership)
    return _within(rows, within).values_list("household_id", flat=True).first()


def _page(
    rows: QuerySet[Membership, Any], within: Exists | None, after: AfterName | None, size: int
) -> Found:
    # A person has one membership a household; saying so lets its index serve the join.
    rows = rows.filter(household_id=F("person__household_id"))
    if after is not None:
        rows = rows.filter(TupleGreaterThan(("person__sort_key", "id"), after))
    ordered = _within(rows, within).order_by("person__sort_key", "id")
    found = [FoundSeen._make(row) for row in ordered.values_list(*FoundSeen._fields)[: size + 1]]
    shown = tuple(found[:size])
    last = AfterName(shown[-1].person__sort_key, shown[-1].id) if len(found) > size else None
    return Found(shown, last)


def _within(rows: QuerySet[Membership, Any], within: Exists | None) -> QuerySet[Membership, Any]:
    return rows if within is None else rows.filter(within)


def _begun(words: Sequence[str]) -> Q:
    """Each is a word of the name, or begins one. The index narrows by whole words or three letters."""
    rule = Q()
    for word in words:
        if len(word) < _BEGUN_FROM:
            rule &= Q(keys__contains=[word])
        else:
            joined = Q(keys__contains=[word])
            rule &= joined | Q(keys__contains=[f"{word[:_BEGUN_FROM]}*"], said__contains=f" {word}")
    return rule


def _near(words: Sequence[str]) -> Q:
    rule = Q()
    for way in _ways(list(words)):
        one = Q()
        for word in way:
            one &= Q(keys__overlap=sorted(_keys(word)))
        rule |= one
    return rule


def _ways(words: list[str]) -> Iterator[list[str]]:
    """As typed; two that follow each other as one; of three or more, all but one."""
    yield words
    for place in range(len(words) - 1):
        yield [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
    if len(words) > 2:  # said above
        for place in range(len(words)):
            yield words[:place] + words[place + 1 :]


def _keys(word: str) -> set[str]:
    """The word, and what it shares with each word that is a letter away."""
    keys = {word}
    if len(word) >= _FORGIVEN_FROM:
        shorter = {word[:letter] + word[letter + 1 :] for letter in range(len(word))}
        keys |= {f"-{word}", *shorter, *(f"-{one}" for one in shorter)}
    return keys
