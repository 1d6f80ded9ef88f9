"""Where a record stood, what is wrong with it, and the refusal that says so.

A person who is handed a refused feed must be able to mend it: every problem names its file, its
line (or its resource, for dialects that are not made of lines), its field and the reason, in plain
English.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, Generic, TypeVar

from msgspec import Struct

from havre.foundation.refusals import Refusal

R_co = TypeVar("R_co", covariant=True)

MOST_PROBLEMS = 100
"""A refusal lists this many problems; the others are only counted."""


class Location(Struct, frozen=True, gc=False):
    """A place in a feed: a line of a file (counted from 1), or a named resource in it."""

    file: str
    line: int | None = None
    resource: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.resource is not None:
            parts.append(self.resource)
        return ", ".join(parts)


class Located(Struct, Generic[R_co], frozen=True, gc=False):
    """A record and where it was read."""

    record: R_co
    location: Location


class Problem(Struct, frozen=True):
    """Something wrong, or odd, at one place. ``field`` is ``None`` for the whole line."""

    location: Location
    field: str | None
    why: str

    @property
    def file(self) -> str:
        return self.location.file

    @property
    def line(self) -> int | None:
        return self.location.line

    def __str__(self) -> str:
        place = f"{self.location}, {self.field}" if self.field else str(self.location)
        return f"{place}: {self.why}"


_PLACES_NAMED: Final = 3


def grouped(said: Iterable[tuple[Location, str]]) -> Iterator[str]:
    """What is said of several places is told once: how many they are, and the first three."""
    places: dict[str, list[Location]] = {}
    for location, what in said:
        places.setdefault(what, []).append(location)
    for what, those in places.items():
        if len(those) == 1:
            yield f"{those[0]}: {what}"
        else:
            first = "; ".join(map(str, islice(those, _PLACES_NAMED)))
            yield f"{what} ({len(those)} times: {first}{'; …' * (len(those) > _PLACES_NAMED)})"


class WrongFeed(Refusal):
    """The files are refused as a whole; nothing of them was loaded.

    ``problems`` are the first hundred found, ``more`` counts those not listed.
    """

    def __init__(self, problems: Iterable[Problem], *, more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__(self.text())

    def text(self) -> str:
        """One line a problem, then how many more there are."""
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(f"and {self.more} more")
        return "\n".join(lines)


class Problems:
    """Gathers problems, so that one refusal tells as many of them as a person can read."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._more = 0

    def add(self, location: Location, field: str | None, why: str) -> None:
        if len(self._kept) < MOST_PROBLEMS:
            self._kept.append(Problem(location, field, why))
        else:
            self._more += 1

    def take(self, wrong: WrongFeed) -> None:
        """Adds the problems of a refusal met on the way."""
        for problem in wrong.problems:
            self.add(problem.location, problem.field, problem.why)
        self._more += wrong.more

    def refuse(self) -> None:
        """Refuses (``WrongFeed``) if there is any problem; otherwise does nothing."""
        if self._kept:
            raise WrongFeed(self._kept, more=self._more)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept) + self._more


# A value in the wrong field must not slip into a message either: these are looked for everywhere.
_PERSONAL = re.compile(
    r"@|^[1-478][0-9]{4}[0-9AB]{8,10}$|^[A-Z]{2}[0-9]{2}[0-9A-Z]{10,30}$|^\+?[0-9]{9,}$",
    re.IGNORECASE,
)
_LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """A value fit for a message: quoted, cut short, hidden when it looks like a personal number.

    NIR, IBAN, e-mail addresses and telephone numbers appear in no message, which may be logged.
    """
    if not isinstance(value, str):
        return "this value"
    if _PERSONAL.search(re.sub(r"[\s.\-/]", "", value)):
        return "this value"
    if len(value) > _LONGEST_SHOWN:
        value = value[: _LONGEST_SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else "�" for c in value) + '"'
