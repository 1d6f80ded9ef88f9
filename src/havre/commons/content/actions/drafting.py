"""Writing content at the desk: a draft grows change by change, and is published as a file would be."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from havre.commons.content.actions.folders import Folder, KeptFile, kinds
from havre.commons.content.actions.publishing import PublishedMeanwhile, publish
from havre.commons.content.models import Draft, File
from havre.commons.content.queries import editing
from havre.commons.content.queries.editing import DraftSeen, Written
from havre.commons.content.rules import drafts as rules
from havre.commons.content.rules.documents import Prepared
from havre.commons.content.rules.drafts import Checked, Facts
from havre.commons.content.rules.enclosed import enclosed
from havre.commons.content.rules.shapes import LANGUAGES
from havre.commons.content.rules.texts import SourceText
from havre.commons.content.words import Slug
from havre.commons.content.words.kinds import Kind, Problem
from havre.commons.content.words.legal import LEGAL, LegalDocument
from havre.foundation.db import Actor, Role, acting
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal


class DraftMoved(Refusal):
    """The draft was changed in another window since it was read."""


class NotReady(Refusal):
    """A draft with faults: each has its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{one.place}: {one.why}" for one in problems))


def editable_kinds() -> dict[str, Kind[Any]]:
    """Every kind of content, then each legal text as one."""
    return {**kinds(), **LEGAL}


def check_draft(
    *, kind: Kind[Any], written: Written, facts: Facts, pages: Collection[str]
) -> Checked[Any]:
    """The document of what was written, and all that is wrong in it."""
    return rules.checked(kind, written.values, files=written.files, facts=facts, pages=pages)


def save_draft(
    *,
    kind: str,
    author: str,
    after: int,
    base: int | None,
    seen: int,
    written: Written,
    now: datetime,
) -> int:
    """Keep one more change, after the step ``after`` (0 for the first), and give its step.

    Needs a transaction as the editor. Refuses with :class:`DraftMoved`.
    """
    last = Draft.objects.filter(kind=kind, author=author).aggregate(last=Max("step"))["last"]
    if (last or 0) != after:
        raise DraftMoved
    try:
        Draft(
            id=new_id(),
            kind=kind,
            author=author,
            step=after + 1,
            base=base,
            seen=seen,
            document=dict(written.values),
            files=dict(written.files),
            made_at=now,
        ).save(force_insert=True)
    except IntegrityError:
        raise DraftMoved from None
    return after + 1


def undo_draft(*, kind: str, author: str, step: int) -> None:
    """Take back the change of that step, where it is the last one; the first takes the draft away.

    Needs a transaction as the editor. Twice is once.
    """
    rows = Draft.objects.filter(kind=kind, author=author)
    if not rows.filter(step__gt=step).exists():
        rows.filter(step=step).delete()


def discard_draft(*, kind: str, author: str) -> None:
    """Throw all of a draft away. Needs a transaction as the editor."""
    Draft.objects.filter(kind=kind, author=author).delete()


def keep_file(*, name: str, body: bytes, now: datetime) -> Mapping[str, str | int]:
    """Keep the bytes of a file for a draft, and tell what a version keeps of it.

    Needs a transaction as the editor. Refuses with ``WrongContent`` what no page may hand out.
    """
    file = enclosed(name, body)
    File.objects.bulk_create(
        [File(sha256=file.sha256, body=file.body, loaded_at=now)], ignore_conflicts=True
    )
    return file.told


def publish_draft(
    *,
    kind: Kind[Any],
    draft: DraftSeen,
    day: date,
    seen: int,
    facts: Facts,
    pages: Collection[str],
    by: Actor,
    now: datetime,
    today: date,
) -> bool:
    """Publish what was written, in force from ``day``, and end the draft. False where it says the same.

    Opens a transaction. ``seen`` is the highest version that its author was shown: refuses with
    :class:`PublishedMeanwhile` where there is a higher one, with :class:`NotReady`, and as ``publish``.
    """
    with acting(actor=by, role=Role.EDITOR):
        found = check_draft(kind=kind, written=draft.written, facts=facts, pages=pages)
        if found.document is None or found.problems:
            raise NotReady(found.problems)
        if max((one.number for one in editing.versions(kind=kind.name)), default=0) != seen:
            raise PublishedMeanwhile
        folder = _folder(kind, found.document, draft.written, day)
        done = publish(folder=folder, author=draft.author, now=now, today=today, by=by)
        discard_draft(kind=kind.name, author=draft.author)
    return bool(done.published)


def _folder(kind: Kind[Any], document: Any, written: Written, day: date) -> Folder:
    if isinstance(document, LegalDocument):
        return Folder(tuple(_texts(Slug(kind.name), document, day)), (), {})
    shown = {name for _place, name in kind.files(document)}
    hashes = {name: hashed for name, hashed in written.hashes.items() if name in shown}
    kept = {str(told["sha256"]): KeptFile(told) for told in written.files.values()}
    return Folder((), (Prepared(kind, day, document, hashes),), kept)


def _texts(slug: Slug, document: LegalDocument, day: date) -> list[SourceText]:
    return [
        SourceText(
            slug=slug,
            language=language,
            version=document.version,
            in_force_from=day,
            title=document.title.said_in(language),
            source=document.text.said_in(language).strip() + "\n",
        )
        for language in LANGUAGES
    ]
