"""Another e-mail address for a member, by the desk: two persons, and no password goes there for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.accounts.models import Account, EmailChange, ProvisionalSecret, change_place
from havre.commons.accounts.words import EMAIL_CHANGE, ReviewState
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source, Stage
from havre.foundation.crypto import vault
from havre.foundation.db import Channel
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

SECOND = "requests.second"


class ChangeWaits(Refusal):
    """Another change of this member's address waits for its second person."""


class NotWaiting(Refusal):
    """Someone has decided it before, or there never was one."""


class SamePerson(Refusal):
    """Whoever proposed it cannot be the second person."""


def propose_change(
    *,
    household: UUID,
    membership: UUID,
    email: str,
    channel: Channel,
    language: str,
    by: UUID,
    now: datetime,
) -> UUID:
    """Keep an address until a second person confirms it, and tell the queue. Needs a transaction, in the
    household's context as the desk. Refuses :class:`ChangeWaits`."""
    if EmailChange.objects.filter(membership_id=membership, state=ReviewState.WAITING).exists():
        raise ChangeWaits
    row_id = new_id()
    EmailChange(
        id=row_id,
        membership_id=membership,
        email=vault().seal(email, place=change_place(row_id)),
        channel=channel,
        proposed_by=by,
        proposed_at=now,
    ).save(force_insert=True)
    worklist.put(
        Item(
            source=Source.REVIEW,
            source_id=row_id,
            kind=EMAIL_CHANGE,
            needs=SECOND,
            opened_at=now,
            due_at=now + timedelta(days=1),
            stage=Stage.SECOND,
            household=household,
            membership=membership,
            language=language,
            kept_from=by,
        )
    )
    return row_id


def confirm_change(*, change: UUID, by: UUID, now: datetime, hold: timedelta) -> str:
    """The second person agrees: gives the address, which the caller puts on file in this transaction.

    What was sent before opens nothing any more, the address is to be confirmed at the next sign-in, and
    for ``hold`` no provisional password is issued, whoever asks. Refuses :class:`NotWaiting` and
    :class:`SamePerson`.
    """
    row = _waiting(change, by)
    EmailChange.objects.filter(id=change).update(
        state=ReviewState.EFFECTIVE, decided_by=by, decided_at=now, held_until=now + hold
    )
    accounts = Account.objects.filter(membership_id=row.membership_id)
    ProvisionalSecret.objects.filter(account_id__in=accounts.values("id"), used_at=None).update(
        used_at=now
    )
    accounts.update(email_confirmed_at=None, confirmed_email=None)
    return vault().open(bytes(row.email), place=change_place(change))


def refuse_change(*, change: UUID, by: UUID, now: datetime) -> None:
    """It is not done; whoever proposed it may take it back. Refuses :class:`NotWaiting`."""
    _waiting(change, None)
    EmailChange.objects.filter(id=change).update(
        state=ReviewState.REFUSED, decided_by=by, decided_at=now
    )


def is_held(*, membership: UUID, now: datetime) -> bool:
    """Whether the desk gave this member another address so lately that no password goes there yet."""
    return EmailChange.objects.filter(membership_id=membership, held_until__gt=now).exists()


def _waiting(change: UUID, by: UUID | None) -> EmailChange:
    row = EmailChange.objects.select_for_update().filter(id=change).first()
    if row is None or row.state != ReviewState.WAITING:
        raise NotWaiting
    if by is not None and row.proposed_by == by:
        raise SamePerson
    worklist.take_away(source=Source.REVIEW, source_id=change)
    return row
