"""A kind of content in an editor's hands: its versions, their draft, and the entries at a place of it."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404

from havre.commons.content import actions
from havre.commons.content import queries as content
from havre.commons.content.queries import DraftSeen, Shape, Slot, VersionSeen, Written
from havre.commons.content.words import Problem
from havre.commons.content.words.kinds import Kind, Place
from havre.doors.desk import content_words as words
from havre.doors.desk.content_form import is_inside
from havre.doors.desk.page import Viewer
from havre.doors.ui.publishing import publishing
from havre.foundation.db import Role, acting


def as_editor(viewer: Viewer) -> AbstractContextManager[None]:
    """The guard of content: it reaches no person."""
    return acting(actor=viewer.actor(purpose="edit content"), role=Role.EDITOR)


@dataclass(frozen=True)
class Entry:
    """A row of a list: ``wrong`` counts what is to mend in it."""

    place: str
    title: str
    wrong: int


@dataclass(frozen=True)
class Entries:
    """A list of entries, or one part that may be there or not (``single``)."""

    place: str
    title: str
    entries: tuple[Entry, ...]
    single: bool
    named: bool


@dataclass(frozen=True)
class Work:
    """What somebody works on: their draft where they have one, else what is in force."""

    kind: Kind[Any]
    versions: list[VersionSeen]
    drafts: list[DraftSeen]
    draft: DraftSeen | None
    written: Written
    base: int | None

    @property
    def step(self) -> int:
        return self.draft.step if self.draft else 0

    @property
    def planned(self) -> list[DraftSeen]:
        """The drafts that wait for their moment, one's own first."""
        own = [self.draft] if self.draft else []
        return [one for one in (*own, *self.drafts) if one.publish_at]

    @property
    def highest(self) -> int:
        return self.versions[0].number if self.versions else 0

    @property
    def seen(self) -> int:
        return self.draft.seen if self.draft else self.highest

    @property
    def newer(self) -> list[VersionSeen]:
        """Those that somebody published since the draft was begun."""
        return [one for one in self.versions if one.number > self.seen]

    @cached_property
    def checked(self) -> Any:
        house = publishing()
        return actions.check_draft(
            kind=self.kind, written=self.written, facts=house.facts(), pages=house.pages()
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in a draft; what is published was checked."""
        return tuple(self.checked.problems) if self.draft or not self.versions else ()

    def slot(self, place: Place) -> Slot:
        """What is at a place. Nothing there: 404."""
        slot = content.slot_at(self.kind.schema, place)
        if slot is None or (place and self.value(place) is None):
            raise Http404
        return slot

    def part(self, place: Place) -> frozenset[str]:
        """The names of the fields of the part at a place; none where none is."""
        slot = content.slot_at(self.kind.schema, place)
        if slot is None or slot.shape is not Shape.PART:
            return frozenset()
        return frozenset(one.name for one in content.slots(slot.type))

    def value(self, place: Place) -> Any:
        return content.value_at(self.written.values, place)

    def entries(self, place: Place, *, language: str) -> list[Entries]:
        """The lists of what stands at a place."""
        slot = self.slot(place)
        if slot.shape is not Shape.PART:
            return []
        return [
            self._listed((*place, one.name), one, language)
            for one in content.slots(slot.type)
            if one.holds and not is_inside(one)
        ]

    def _listed(self, place: Place, slot: Slot, language: str) -> Entries:
        value, single = self.value(place), slot.shape is Shape.PART
        if single:
            found: Iterable[tuple[Place, Any]] = [(place, value)] if value is not None else []
        elif isinstance(value, Mapping):
            found = [((*place, name), one) for name, one in value.items()]
        else:
            found = [((*place, rank), one) for rank, one in enumerate(value or ())]
        rows = tuple(
            Entry(
                written_place(at),
                words.field(slot.name)
                if single
                else words.entry(one, language=language, rank=at[-1]),
                sum(1 for problem in self.problems if problem.place[: len(at)] == at),
            )
            for at, one in found
        )
        named = slot.shape is Shape.NAMED
        return Entries(written_place(place), words.field(slot.name), rows, single, named)

    def trail(self, place: Place, *, language: str) -> list[tuple[str, str]]:
        """The entries around a place, the widest first: their names and places."""
        around = [place[:length] for length in range(1, len(place))]
        return [
            (words.entry(self.value(one), language=language, rank=one[-1]), written_place(one))
            for one in around
            if (slot := content.slot_at(self.kind.schema, one)) and not slot.lists
        ]


def work_on(kind: str, viewer: Viewer) -> Work:
    """Needs the guard of content. An unknown kind: 404. Three statements, four without a draft."""
    found = actions.editable_kinds().get(kind)
    if found is None:
        raise Http404
    versions, drafts = content.versions(kind=kind), content.drafts(kind=kind)
    draft = next((one for one in drafts if one.author == str(viewer.id)), None)
    others = [one for one in drafts if one is not draft]
    if draft:
        return Work(found, versions, others, draft, draft.written, draft.base)
    current = content.in_force_of(versions, today=viewer.today) or next(iter(versions), None)
    if current is None:
        return Work(found, [], others, None, Written(content.blank(found.schema)), None)
    written = content.written(kind=kind, version=current)
    return Work(found, versions, others, None, written, current.number)


def save(
    work: Work, values: Any, viewer: Viewer, *, files: Mapping[str, Any] | None = None
) -> Work:
    """One more change. Needs the guard of content; refuses as ``save_draft``. Gives what it made."""
    written = Written(values, {**work.written.files, **(files or {})})
    step = actions.save_draft(
        kind=work.kind.name,
        author=str(viewer.id),
        after=work.step,
        base=work.base,
        seen=work.seen,
        written=written,
        now=viewer.now,
    )
    draft = DraftSeen(
        work.kind.name, str(viewer.id), step, work.base, work.seen, written, viewer.now
    )
    return replace(work, draft=draft, written=written)


def put(values: Any, place: Place, value: Any) -> Any:
    """The same values with another one at a place."""
    if not place:
        return value
    changed = deepcopy(values)
    content.value_at(changed, place[:-1])[place[-1]] = value
    return changed


def removed(values: Any, place: Place) -> Any:
    """The same values without what stands at a place."""
    changed = deepcopy(values)
    del content.value_at(changed, place[:-1])[place[-1]]
    return changed


def moved(values: Any, place: Place, *, by: int) -> Any:
    """The same values with an entry before the one above it, or behind the one below."""
    changed = deepcopy(values)
    listed, rank = content.value_at(changed, place[:-1]), place[-1]
    if isinstance(listed, list) and isinstance(rank, int) and 0 <= rank + by < len(listed):
        listed[rank], listed[rank + by] = listed[rank + by], listed[rank]
    return changed


def added(work: Work, place: Place, *, name: str) -> tuple[Any, Place]:
    """The values with an empty entry more in the list at a place, and where it stands."""
    slot = content.slot_at(work.kind.schema, place)
    if slot is None or not slot.holds or work.value(place[:-1]) is None:
        raise Http404
    changed = deepcopy(work.written.values)
    holder = content.value_at(changed, place[:-1])
    if slot.shape is Shape.PART:
        holder.setdefault(str(place[-1]), content.blank(slot.type))
        return changed, place
    if slot.shape is Shape.NAMED:
        within = holder.setdefault(str(place[-1]), {})
        within.setdefault(name, content.blank(slot.item))
        return changed, (*place, name)
    listed = holder.setdefault(str(place[-1]), [])
    listed.append(content.blank(slot.item))
    return changed, (*place, len(listed) - 1)


def read_place(text: str) -> Place:
    """``topics.0.questions.2``."""
    return tuple(int(one) if one.isdecimal() else one for one in text.split(".") if one)


def written_place(place: Place) -> str:
    return ".".join(map(str, place))
