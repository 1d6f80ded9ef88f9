"""A request that is being written, kept at every step and on any device."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.cases.models import Draft, draft_place
from havre.commons.cases.words import Answers
from havre.commons.documents.words import Compartment
from havre.foundation.crypto import vault
from havre.foundation.db import Channel
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal


class DraftGone(Refusal):
    """The draft was sent, dropped, or is nobody's here."""


class SavedElsewhere(Refusal):
    """Another tab or device saved it since it was read here; ``version`` is the one there is."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(f"version {version} is there")


def begin_draft(
    *,
    household: UUID,
    membership: UUID,
    kind: str,
    channel: Channel,
    by: str,
    answers: Answers,
    now: datetime,
    compartment: Compartment = Compartment.GENERAL,
    draft: UUID | None = None,
) -> UUID:
    """A new draft, under the id ``draft`` where one is given; its id, which will be the request's."""
    row_id = draft or new_id()
    Draft(
        id=row_id,
        household_id=household,
        membership_id=membership,
        kind=kind,
        compartment=compartment,
        channel=channel,
        written_by=by,
        answers=_sealed(answers, row_id),
        begun_at=now,
        saved_at=now,
    ).save(force_insert=True)
    return row_id


def save_draft(
    *,
    household: UUID,
    draft: UUID,
    answers: Answers,
    step: str,
    version: int,
    now: datetime,
) -> int:
    """Keep what is written; the new version. Refuses ``SavedElsewhere`` and ``DraftGone``.

    The same words saved again are no new version: a double click is harmless.
    """
    row = Draft.objects.select_for_update().filter(household_id=household, id=draft).first()
    if row is None:
        raise DraftGone(str(draft))
    kept = json.loads(vault().open(bytes(row.answers or b""), place=draft_place(row.id)))
    if kept == answers and row.step == step:
        return row.version
    if row.version != version:
        raise SavedElsewhere(row.version)
    row.answers, row.step, row.saved_at = _sealed(answers, row.id), step, now
    row.version += 1
    row.save(update_fields=["answers", "step", "saved_at", "version"])
    return row.version


def drop_draft(*, household: UUID, draft: UUID) -> None:
    """Forget a draft. Said twice is said once."""
    Draft.objects.filter(household_id=household, id=draft).delete()


def drop_old_drafts(*, now: datetime, kept: timedelta) -> int:
    """Forget drafts that nobody came back to; how many. Needs the batch role."""
    return Draft.objects.filter(saved_at__lt=now - kept).delete()[0]


def _sealed(answers: Answers, row_id: UUID) -> bytes:
    return vault().seal(json.dumps(answers), place=draft_place(row_id))
