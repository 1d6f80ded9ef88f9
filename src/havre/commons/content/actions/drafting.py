"""Writing content at the desk: a draft grows change by change, and is published as a file would be."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from havre.commons.content.actions.folders import Folder, KeptFile, kinds
from havre.commons.content.actions.publishing import PublishedMeanwhile, publish
from havre.commons.content.actions.texts import new_texts
from havre.commons.content.models import Draft, File
from havre.commons.content.queries import editing
from havre.commons.content.queries.editing import DraftSeen, Planned, Written
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
    publish_at: datetime | None = None,
) -> int:
    """Keep one more change, after the step ``after`` (0 for the first), and give its step.

    A moment that was chosen before is forgotten. Needs a transaction as the editor. Refuses with
    :class:`DraftMoved`.
    """
    last = Draft.objects.filter(kind=kind, author=author).aggregate(last=Max("step"))["last"]
    if (last or 0) != after:
        raise DraftMoved
    unplan_draft(kind=kind, author=author, step=after)
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
            publish_at=publish_at,
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


def plan_draft(
    *,
    kind: Kind[Any],
    draft: DraftSeen,
    at: datetime,
    seen: int,
    facts: Facts,
    pages: Collection[str],
    now: datetime,
) -> None:
    """Have a draft published at a moment; until then it can be changed or taken back.

    Needs a transaction as the editor. Refuses as ``publish_draft``, and with :class:`DraftMoved`.
    """
    document = _ready(kind, draft, seen=seen, facts=facts, pages=pages)
    new_texts(_folder(kind, document, draft.written, at.date()).texts)
    save_draft(
        kind=kind.name,
        author=draft.author,
        after=draft.step,
        base=draft.base,
        seen=draft.seen,
        written=draft.written,
        now=now,
        publish_at=at,
    )


def unplan_draft(*, kind: str, author: str, step: int) -> bool:
    """Take back the moment chosen at that step; the draft stays. False where it no longer waits.

    Needs a transaction as the editor: any of them may.
    """
    rows = Draft.objects.filter(kind=kind, author=author, step=step, publish_at__isnull=False)
    return rows.delete()[0] > 0


def publish_planned(
    *, one: Planned, facts: Facts, pages: Collection[str], by: Actor, now: datetime, today: date
) -> bool:
    """Publish a draft whose moment has come, over whatever others published since it was chosen.

    Opens a transaction. False where it was taken back or changed meanwhile, or says nothing new.
    Refuses as ``publish_draft``: then it still waits.
    """
    with acting(actor=by, role=Role.EDITOR):
        draft = editing.draft_of(kind=one.kind, author=one.author)
        if draft is None or draft.step != one.step:
            return False
        if not unplan_draft(kind=one.kind, author=one.author, step=one.step):
            return False
        return publish_draft(
            kind=editable_kinds()[one.kind],
            draft=draft,
            day=today,
            seen=_highest(one.kind),
            facts=facts,
            pages=pages,
            by=by,
            now=now,
            today=today,
        )


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
        document = _ready(kind, draft, seen=seen, facts=facts, pages=pages)
        folder = _folder(kind, document, draft.written, day)
        done = publish(folder=folder, author=draft.author, now=now, today=today, by=by)
        discard_draft(kind=kind.name, author=draft.author)
    return bool(done.published)


def _ready(
    kind: Kind[Any], draft: DraftSeen, *, seen: int, facts: Facts, pages: Collection[str]
) -> Any:
    """The document of a draft without faults, whose author was shown every version."""
    found = check_draft(kind=kind, written=draft.written, facts=facts, pages=pages)
    if found.document is None or found.problems:
        raise NotReady(found.problems)
    if _highest(kind.name) != seen:
        raise PublishedMeanwhile
    return found.document


def _highest(kind: str) -> int:
    return max((one.number for one in editing.versions(kind=kind)), default=0)


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
