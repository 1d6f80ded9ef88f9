"""Publishing what a folder holds: versions are added, all or none, and never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from havre.commons.content.actions.folders import Folder
from havre.commons.content.actions.texts import add_texts, new_texts
from havre.commons.content.models import File, Version
from havre.commons.content.queries.published import forget_published, newest
from havre.commons.content.queries.texts import forget_terms_version
from havre.commons.content.rules.documents import Prepared, difference
from havre.commons.content.rules.enclosed import Enclosed
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.refusals import Refusal


class Late(Refusal):
    """A version would never be seen: another one is in force from a later day already."""


class NoSuchVersion(Refusal):
    """There is no version of this kind and number."""


class PublishedMeanwhile(Refusal):
    """Somebody else published at the same moment. Look again at what changes, then load again."""


@dataclass(frozen=True)
class Change:
    """What loading would publish of a kind, or of the legal texts: what it is called, line by line."""

    name: str
    in_force_from: date
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Happened:
    """The names of what was published, and how many things were there already."""

    published: tuple[str, ...]
    same: int


def changes(*, folder: Folder, today: date) -> list[Change]:
    """What loading the folder would publish, against what will be in force on the day of each."""
    told = [
        Change(f"{text.slug} {text.version} ({text.language})", text.in_force_from, ())
        for text in new_texts(folder.texts)
    ]
    for one in folder.documents:
        before = newest(kind=one.kind.name, day=max(one.in_force_from, today))
        if before is None or before.sha256 != one.sha256:
            seen = (before.document, _hashes(before.files)) if before else None
            lines = difference(one.kind.name, before=seen, after=one)
            told.append(Change(one.kind.name, one.in_force_from, tuple(lines)))
    return told


def publish(
    *, folder: Folder, author: str, now: datetime, today: date, by: Actor | None = None
) -> Happened:
    """Publish what is new in the folder, all or none. The same again changes nothing.

    Opens a transaction, of ``by`` or of a command. Refuses with :class:`Late`, ``TextChanged``,
    ``WrongText``, or :class:`PublishedMeanwhile` where another load won.
    """
    try:
        with acting(actor=by or _editor(author), role=Role.EDITOR):
            texts = add_texts(folder.texts, now=now, author=author)
            rows = [
                row
                for one in folder.documents
                if (row := _row(one, folder, author=author, now=now, today=today))
            ]
            _keep_files(rows, folder, now=now)
            Version.objects.bulk_create(rows)
    except IntegrityError:
        raise PublishedMeanwhile from None
    finally:
        forget_published()
        forget_terms_version()
    published = [f"{row.kind} version {row.number}" for row in rows]
    named = [f"{text.slug} {text.version} ({text.language})" for text in texts]
    count = len(folder.texts) + len(folder.documents)
    return Happened((*named, *published), count - len(named) - len(published))


def publish_again(
    *,
    kind: str,
    number: int,
    author: str,
    now: datetime,
    today: date,
    day: date | None = None,
    by: Actor | None = None,
) -> int:
    """Publish an earlier version anew, in force from ``day`` or today, and give its new number.

    Opens a transaction, of ``by`` or of a command. Refuses with :class:`NoSuchVersion` or
    :class:`PublishedMeanwhile`.
    """
    try:
        with acting(actor=by or _editor(author), role=Role.EDITOR):
            earlier = Version.objects.filter(kind=kind, number=number).first()
            if earlier is None:
                raise NoSuchVersion(f"{kind}: there is no version {number}")
            row = Version(
                kind=kind,
                number=_next_number(kind),
                in_force_from=max(day or today, today),
                document=earlier.document,
                files=earlier.files,
                sha256=earlier.sha256,
                author=author,
                loaded_at=now,
                back_to=number,
            )
            row.save(force_insert=True)
    except IntegrityError:
        raise PublishedMeanwhile from None
    finally:
        forget_published()
    return row.number


def _editor(author: str) -> Actor:
    return Actor(name=author, channel=Channel.COMMAND, purpose="publish content")


def _row(
    one: Prepared[Any], folder: Folder, *, author: str, now: datetime, today: date
) -> Version | None:
    """The version to add; none when it says what will be in force anyway."""
    kind = one.kind.name
    before = newest(kind=kind, day=max(one.in_force_from, today))
    if before and before.sha256 == one.sha256:
        return None
    if before and before.in_force_from > one.in_force_from:
        raise Late(
            f"{kind}.yaml: in force from {one.in_force_from}, and version {before.number} is in force"
            f" from {before.in_force_from}: nobody would see it. Give it that day or a later one."
        )
    return Version(
        kind=kind,
        number=_next_number(kind),
        in_force_from=one.in_force_from,
        document=one.values,
        files={name: dict(folder.files[hashed].told) for name, hashed in one.files.items()},
        sha256=one.sha256,
        author=author,
        loaded_at=now,
    )


def _next_number(kind: str) -> int:
    """Two loads at once take the same, and the second one is refused by the key."""
    last = Version.objects.filter(kind=kind).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _keep_files(rows: Iterable[Version], folder: Folder, *, now: datetime) -> None:
    wanted = {told["sha256"] for row in rows for told in row.files.values()}
    kept = File.objects.filter(sha256__in=wanted).values_list("sha256", flat=True)
    for hashed in sorted(wanted - set(kept)):  # one by one: together they may be large
        file = folder.files[hashed]
        if isinstance(file, Enclosed):
            File(sha256=hashed, body=file.body, loaded_at=now).save(force_insert=True)


def _hashes(files: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {name: told["sha256"] for name, told in files.items()}
