"""Telling members that something was paid, once a feed's transfers are in. The words are elsewhere."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.accounts import queries as accounts
from havre.commons.notifications.actions import Mail, put_many_in_outbox
from havre.commons.privacy.words import Notice
from havre.domains.health import actions as health
from havre.domains.people import queries as people
from havre.foundation.db.intake import Key
from havre.foundation.ids import new_id
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.resolve import Known

# A house that loads years of history tells nobody of them.
RECENT = timedelta(days=14)
_TRIED_FOR = timedelta(days=7)
_TO_THE_MEMBER = "MEMBER"


def tell_paid(
    new: Sequence[health.StatedTransfer], batch: Batch, known: Known, *, now: datetime
) -> None:
    """One mail a member for all that this batch pays: the holder, and whoever has a line in it.

    Only to those who have an account. The mail says neither what, nor for whom, nor how much, so
    that care that is masked is not told of by it. Needs the batch's transaction.
    """
    since = now.date() - RECENT
    paid = {
        (transfer.source, transfer.external_id): transfer.household_id
        for transfer in new
        if transfer.payee == _TO_THE_MEMBER and transfer.settled_on >= since
    }
    if not paid:
        return
    persons = {*people.holders_of(households=set(paid.values())), *_cared_for(paid, batch, known)}
    to_tell = people.addressees(people=persons)
    readers = accounts.with_account(memberships=[one.membership for one in to_tell])
    batch_id = new_id()
    put_many_in_outbox(
        (_mail(one, batch_id, now=now) for one in to_tell if one.membership in readers), now=now
    )


def _cared_for(paid: Collection[Key], batch: Batch, known: Known) -> Iterator[UUID]:
    for located in batch.lines:
        line = located.record
        if line.transfer and (line.source, line.transfer) in paid:
            yield known.persons[(line.source, line.person)]


def _mail(one: people.Addressee, batch_id: UUID, *, now: datetime) -> Mail:
    return Mail(
        kind=Notice.REIMBURSEMENT_PAID.mail_kind,
        subject_key=f"{batch_id} {one.membership}",
        language=one.language,
        address=one.email,
        household=one.household,
        not_before=now,
        expires_at=now + _TRIED_FOR,
        about={
            "household": str(one.household),
            "person": str(one.person),
            "membership": str(one.membership),
        },
        facts={"first_name": one.first_name},
    )
