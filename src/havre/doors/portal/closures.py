"""What of the portal is closed, for maintenance or trouble: content, so that it is planned and told.

``maintenance.yaml`` says what is closed, from when to when and why; ``havre maintenance`` writes one.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

from havre.commons.content import queries as content
from havre.commons.content.words import Slug
from havre.commons.content.words.kinds import Bilingual, Key, Kind, Part, Problem
from havre.doors.portal.rubrics import RUBRICS

ANNOUNCED_BEFORE = timedelta(days=7)
"""How long before it begins a closure is told on the sign-in page."""

# Whoever is ill, locked out or worried finds these open, whatever else is closed.
_NEVER_CLOSED = frozenset({"emergency"})
_OPEN_WHEN_ALL_IS_CLOSED = _NEVER_CLOSED | {
    *(
        "sign-in",
        "sign-out",
        "not-me",
        "stop-account",
        "check",
        "logo",
        "mailbox",
        "contact",
        "faq",
    ),
    *("security-information", "offline", "manifest.webmanifest", "service-worker.js"),
    *(slug.value for slug in Slug),
}
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$")]
"""Day and hour in the house's time zone: ``2026-11-29 02:00``."""


class Closed(Part, frozen=True):
    """One closure. No ``rubrics``: the whole space. No ``until``: until it is opened again."""

    id: Key
    since: Moment
    message: Bilingual
    rubrics: tuple[str, ...] = ()
    until: Moment | None = None


class Maintenance(Part, frozen=True):
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True)
class Closure:
    """A closure with its moments, aware. ``until`` is none where nobody knows yet."""

    id: str
    rubrics: tuple[str, ...]
    since: datetime
    until: datetime | None
    message: Bilingual

    def stands_at(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)

    def is_coming(self, moment: datetime) -> bool:
        return moment < self.since <= moment + ANNOUNCED_BEFORE

    def shuts(self, place: str, rubrics: Collection[str]) -> bool:
        """``place`` is the first word of an address behind its language, ``rubrics`` those it is of."""
        if self.rubrics:
            return any(name in self.rubrics for name in rubrics)
        return place not in _OPEN_WHEN_ALL_IS_CLOSED


def names() -> tuple[str, ...]:
    """The rubrics that can be closed one by one."""
    return tuple(one.name for one in RUBRICS if one.name not in _NEVER_CLOSED)


def _check(document: Maintenance) -> Iterator[Problem]:
    for place, one in enumerate(document.closed):
        for name in one.rubrics:
            if name not in names():
                why = f"{name} is none of {', '.join(names())}"
                yield Problem(("closed", place, "rubrics"), why)
        for field in ("since", "until"):
            written = getattr(one, field)
            if written is not None and not _is_moment(written):
                yield Problem(
                    ("closed", place, field), "is no day and hour such as 2026-01-31 02:00"
                )
        if one.until is not None and one.until <= one.since:
            yield Problem(("closed", place, "until"), "is not after since")


KIND = Kind("maintenance", Maintenance, check=_check)


def closures(*, today: date, zone: str) -> tuple[Closure, ...]:
    """Every closure published, past and to come. No statement as a rule."""
    published = content.in_force(KIND, today=today)
    return tuple(closures_of(published.document.closed, zone)) if published else ()


def closures_of(written: Iterable[Closed], zone: str) -> Iterator[Closure]:
    """Closures with their moments, of those written."""
    for one in written:
        until = _moment(one.until, zone) if one.until else None
        yield Closure(one.id, one.rubrics, _moment(one.since, zone), until, one.message)


def _moment(written: str, zone: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


def _is_moment(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True
