"""Telling members that something was paid, once a feed's transfers are in. The words are elsewhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.accounts import queries as accounts
from havre.commons.notifications.actions import Mail, put_many_in_outbox
from havre.commons.privacy.words import Notice
from havre.domains.contracts.queries import withholding
from havre.domains.contracts.words import Withheld
from havre.domains.health import actions as health
from havre.domains.people import queries as people
from havre.foundation.db.intake import Key
from havre.foundation.ids import new_id
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.records import Line
from havre.journeys.loading.resolve import Known

# A house that loads years of history tells nobody of them.
RECENT = timedelta(days=14)
_TRIED_FOR = timedelta(days=7)
_TO_THE_MEMBER = "MEMBER"


def tell_paid(
    new: Sequence[health.StatedTransfer],
    batch: Batch,
    known: Known,
    contracts: Mapping[Key, UUID],
    *,
    now: datetime,
) -> None:
    """One mail a member for all that this batch pays: the holder, and whoever has a line in it.

    Only to those who have an account. The mail says neither what, nor for whom, nor how much, so
    that care that is masked is not told of by it; where a contract withholds even amounts, the holder
    is not told that another was paid. Needs the batch's transaction.
    """
    since = now.date() - RECENT
    paid = {
        (transfer.source, transfer.external_id): transfer.household_id
        for transfer in new
        if transfer.payee == _TO_THE_MEMBER and transfer.settled_on >= since
    }
    if not paid:
        return
    quiet = withholding(Withheld.AMOUNTS_OF_OTHERS, contracts=set(contracts.values()))
    lines = list(_paid_by(paid, batch))
    households = {
        paid[(line.source, line.transfer or "")]
        for line in lines
        if not (line.contract and contracts[(line.source, line.contract)] in quiet)
    }
    cared_for = (known.persons[(line.source, line.person)] for line in lines)
    persons = {*people.holders_of(households=households, on=now.date()), *cared_for}
    to_tell = people.addressees(people=persons)
    readers = accounts.with_account(memberships=[one.membership for one in to_tell])
    batch_id = new_id()
    put_many_in_outbox(
        (_mail(one, batch_id, now=now) for one in to_tell if one.membership in readers), now=now
    )


def _paid_by(paid: Collection[Key], batch: Batch) -> Iterator[Line]:
    for located in batch.lines:
        line = located.record
        if line.transfer and (line.source, line.transfer) in paid:
            yield line


def _mail(one: people.Addressee, batch_id: UUID, *, now: datetime) -> Mail:
    return Mail(
        kind=Notice.REIMBURSEMENT_PAID.mail_kind,
        subject_key=f"{batch_id} {one.membership}",
        language=one.language,
        address=one.email,
        household=one.household,
        membership=one.membership,
        not_before=now,
        expires_at=now + _TRIED_FOR,
        about={
            "household": str(one.household),
            "person": str(one.person),
            "membership": str(one.membership),
        },
        facts={"first_name": one.first_name},
    )
