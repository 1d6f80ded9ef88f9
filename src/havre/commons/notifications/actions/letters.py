"""Letters to members without an e-mail address: the words of a mail, printed at the desk.

One that waits is a row of the transaction that it tells of, and an item among what waits for the house.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from havre.commons.notifications.actions.outbox import Mail, written
from havre.commons.notifications.models import Letter
from havre.commons.notifications.words import MailState, MailText, MailToWrite, NoLongerTrue
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import Place, vault
from havre.foundation.refusals import Refusal

_NEEDS = "members.find"
_LETTERS = UUID("0199a6c0-5d0e-7b11-9a51-3b0f9d2c7e44")
"""The space of names in which a kind and a subject are one letter."""


class NoSuchLetter(Refusal):
    """The household has none of this id that waits."""


class LetterOver(Refusal):
    """What it says is true no more: the member is reached otherwise."""


@dataclass(frozen=True)
class Written:
    """A letter's words, to whom and in which language."""

    membership: UUID
    language: str
    text: MailText


def put_letters(letters: Iterable[Mail], *, now: datetime) -> None:
    """Keep letters to print, and tell the queue. The same kind and subject is one letter.

    The postal address is that of the day on which it is printed. Needs the caller's transaction.
    """
    rows = [_row(one, now=now) for one in letters]
    Letter.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    worklist.put_many(_item(row) for row in rows)


def write_now(letter: Mail, *, by: UUID, now: datetime) -> Written:
    """Write a letter that is printed at once; what was printed stands among the member's mails, and its
    words are not kept. Needs the caller's transaction."""
    row = _row(letter, now=now)
    row.facts, row.state, row.sent_at = None, MailState.SENT, now
    row.printed_at, row.printed_by = now, by
    Letter.objects.bulk_create([row], ignore_conflicts=True)
    return _written(row, letter.facts, now=now)


def print_letter(*, household: UUID, letter: UUID, by: UUID, now: datetime) -> Written:
    """The words of a letter that waits; printed again, they are the same. Needs the desk's guard.

    Refuses :class:`NoSuchLetter` and :class:`LetterOver`.
    """
    row = _waiting(household, letter)
    if now >= row.expires_at:
        raise LetterOver
    facts = json.loads(vault().open(bytes(row.facts or b""), place=_place(row.id)))
    try:
        found = _written(row, facts, now=now)
    except NoLongerTrue:
        raise LetterOver from None
    Letter.objects.filter(id=row.id).update(printed_at=now, printed_by=by)
    return found


def letter_posted(*, household: UUID, letter: UUID, now: datetime) -> None:
    """It is on its way, and waits no longer. Needs the desk's guard. Refuses :class:`NoSuchLetter`."""
    _done(_waiting(household, letter), MailState.SENT, sent_at=now)


def give_letter_up(*, household: UUID, letter: UUID) -> None:
    """Its member was reached otherwise. Needs the desk's guard. Refuses :class:`NoSuchLetter`."""
    _done(_waiting(household, letter), MailState.EXPIRED, sent_at=None)


def _row(letter: Mail, *, now: datetime) -> Letter:
    if letter.household is None or letter.membership is None:
        raise ValueError("a letter goes to a member")
    row_id = uuid5(_LETTERS, f"{letter.kind} {letter.subject_key}")
    return Letter(
        id=row_id,
        household_id=letter.household,
        membership_id=letter.membership,
        kind=letter.kind,
        language=letter.language,
        about=dict(letter.about),
        facts=vault().seal(json.dumps(dict(letter.facts)), place=_place(row_id)),
        created_at=now,
        expires_at=letter.expires_at,
    )


def _item(row: Letter) -> Item:
    return Item(
        source=Source.LETTER,
        source_id=row.id,
        kind=row.kind,
        needs=_NEEDS,
        opened_at=row.created_at,
        household=row.household_id,
        membership=row.membership_id,
        language=row.language,
    )


def _waiting(household: UUID, letter: UUID) -> Letter:
    rows = Letter.objects.select_for_update().filter(household_id=household, id=letter)
    row = rows.filter(state=MailState.QUEUED).first()
    if row is None:
        raise NoSuchLetter
    return row


def _done(row: Letter, state: MailState, *, sent_at: datetime | None) -> None:
    Letter.objects.filter(id=row.id).update(state=state, sent_at=sent_at, facts=None)
    worklist.take_away(source=Source.LETTER, source_id=row.id)


def _written(row: Letter, facts: Mapping[str, str], *, now: datetime) -> Written:
    mail = MailToWrite(row.id, row.language, row.about, facts, now, by_post=True)
    return Written(row.membership_id, row.language, written(row.kind, mail))


def _place(letter: UUID) -> Place:
    return Place("notifications_letter", "facts", str(letter))
