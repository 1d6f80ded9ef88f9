"""What the desk reads of content: every kind and legal text alike, by version, and what is being written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from havre.commons.content.models import Draft, LegalText, Version
from havre.commons.content.queries.published import FileSeen, VersionSeen
from havre.commons.content.rules.changes import Change, changes
from havre.commons.content.words.legal import LEGAL


@dataclass(frozen=True)
class Written:
    """Plain values of a document, and what is told of the files it shows."""

    values: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def file(self, name: str) -> FileSeen | None:
        """A file that it shows, by its name."""
        told = self.files.get(name)
        return FileSeen(name, told["sha256"], told["media_type"], told["size"]) if told else None

    def changes_since(self, before: "Written | None") -> list[Change]:
        """What changed, field by field; a file by its name, before and after."""
        old = before or Written({})
        files = [
            Change(
                ("file",), name if name in old.files else None, name if name in self.files else None
            )
            for name in {**self.files, **old.files}
            if self.hashes.get(name) != old.hashes.get(name)
        ]
        return [*changes(old.values, self.values), *files]

    @property
    def hashes(self) -> dict[str, str]:
        return {name: str(told["sha256"]) for name, told in self.files.items()}


@dataclass(frozen=True)
class DraftSeen:
    """What somebody has changed so far. ``step`` ranks the changes; ``base`` and ``seen`` are versions.

    ``publish_at`` is the moment at which it is published, where one is chosen.
    """

    kind: str
    author: str
    step: int
    base: int | None
    seen: int
    written: Written
    made_at: datetime
    publish_at: datetime | None = None


@dataclass(frozen=True)
class Planned:
    """A draft that waits for its moment, without what it says."""

    kind: str
    author: str
    step: int
    publish_at: datetime


def every_version() -> dict[str, list[VersionSeen]]:
    """The versions of every kind and legal text, the newest first. Two statements."""
    found: dict[str, list[VersionSeen]] = defaultdict(list)
    rows = Version.objects.defer("document", "files").order_by("-number")
    for row in rows:
        found[row.kind].append(_version(row))
    return dict(found) | _legal_versions(LegalText.objects.filter(language="fr"))


def versions(*, kind: str) -> list[VersionSeen]:
    """The versions of a kind or legal text, the newest first. One statement."""
    if kind in LEGAL:
        return _legal_versions(LegalText.objects.filter(slug=kind, language="fr")).get(kind, [])
    rows = Version.objects.filter(kind=kind).defer("document", "files").order_by("-number")
    return [_version(row) for row in rows]


def in_force_of(versions: Iterable[VersionSeen], *, today: date) -> VersionSeen | None:
    """The one in force on a day, of those of a kind."""
    come = [one for one in versions if one.in_force_from <= today]
    return max(come, key=lambda one: (one.in_force_from, one.number), default=None)


def scheduled(versions: Iterable[VersionSeen], *, today: date) -> list[VersionSeen]:
    """Those whose day is to come and that will be seen, the soonest first."""
    days: dict[date, VersionSeen] = {}
    for one in sorted(versions, key=lambda one: one.number):
        if one.in_force_from > today:
            days[one.in_force_from] = one
    return [days[day] for day in sorted(days)]


def written(*, kind: str, version: VersionSeen) -> Written:
    """What a version says. One statement."""
    if kind in LEGAL:
        rows = LegalText.objects.filter(slug=kind, version=version.called)
        texts = {row.language: row for row in rows}
        return Written(
            {
                "version": version.called,
                "title": {language: row.title for language, row in texts.items()},
                "text": {language: row.source for language, row in texts.items()},
            }
        )
    row = Version.objects.get(kind=kind, number=version.number)
    return Written(row.document, row.files)


def drafts(*, kind: str) -> list[DraftSeen]:
    """What is being written of a kind, one for each author, the newest first. One statement."""
    rows = Draft.objects.filter(kind=kind).order_by("author", "-step").distinct("author")
    return sorted(map(_draft, rows), key=lambda one: one.made_at, reverse=True)


def draft_of(*, kind: str, author: str) -> DraftSeen | None:
    """What somebody is writing of a kind. One statement."""
    row = Draft.objects.filter(kind=kind, author=author).order_by("-step").first()
    return _draft(row) if row else None


def planned() -> list[Planned]:
    """The drafts that wait for their moment, the soonest first. One statement."""
    last = Draft.objects.order_by("kind", "author", "-step").distinct("kind", "author")
    rows = last.values_list("kind", "author", "step", "publish_at")
    found = (Planned(kind, author, step, at) for kind, author, step, at in rows if at)
    return sorted(found, key=lambda one: one.publish_at)


def kinds_in_hand(*, author: str) -> set[str]:
    """The kinds of which somebody has a draft. One statement."""
    return set(Draft.objects.filter(author=author).values_list("kind", flat=True))


def _draft(row: Draft) -> DraftSeen:
    return DraftSeen(
        kind=row.kind,
        author=row.author,
        step=row.step,
        base=row.base,
        seen=row.seen,
        written=Written(row.document, row.files),
        made_at=row.made_at,
        publish_at=row.publish_at,
    )


def _version(row: Version) -> VersionSeen:
    return VersionSeen(
        number=row.number,
        in_force_from=row.in_force_from,
        author=row.author,
        loaded_at=row.loaded_at,
        sha256=row.sha256,
        back_to=row.back_to,
    )


def _legal_versions(rows: Any) -> dict[str, list[VersionSeen]]:
    """A legal text is kept by language: its French rows stand for both, numbered as they came."""
    found: dict[str, list[VersionSeen]] = defaultdict(list)
    for row in rows.defer("source", "html").order_by("loaded_at", "in_force_from", "id"):
        found[row.slug].insert(
            0,
            VersionSeen(
                number=len(found[row.slug]) + 1,
                in_force_from=row.in_force_from,
                author=row.author,
                loaded_at=row.loaded_at,
                sha256=row.sha256,
                back_to=None,
                called=row.version,
            ),
        )
    return dict(found)
