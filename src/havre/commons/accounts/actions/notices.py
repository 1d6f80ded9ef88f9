"""Telling the known address of each change of how one signs in, and acting on "it was not me"."""

from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.accounts.actions.factors import remove_factors
from havre.commons.accounts.actions.sessions import end_sessions
from havre.commons.accounts.models import (
    Account,
    ChangeNotice,
    KnownDevice,
    ProvisionalSecret,
    SecurityReport,
)
from havre.commons.accounts.words import AccountState, Proof, ReportState, SecurityChange
from havre.commons.notifications.actions import Mail, put_in_outbox
from havre.foundation.crypto import link_digest, link_token, provisional_key
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

ACCOUNT_CHANGED = "accounts.changed"
LINK_LIFE = timedelta(hours=72)


class NotSuspended(Refusal):
    """The account is not suspended: there is nothing to restore."""


def tell_change(
    *, account: UUID, change: SecurityChange, address: str | None, language: str, now: datetime
) -> None:
    """Tell ``address`` of the change, with a link to say "it was not me". Needs a transaction.

    Call it once the change is made, with the address on file before it; without one nobody is told.
    """
    if address is None:
        return
    row_id = new_id()
    ChangeNotice(
        id=row_id,
        account_id=account,
        change=change,
        digest=link_digest(provisional_key(), link_token(provisional_key(), row_id)),
        told_at=now,
        expires_at=now + LINK_LIFE,
    ).save(force_insert=True)
    put_in_outbox(
        Mail(
            kind=ACCOUNT_CHANGED,
            subject_key=str(row_id),
            language=language,
            address=address,
            not_before=now,
            expires_at=now + LINK_LIFE,
            about={
                "notice": str(row_id),
                "change": change,
                "at": now.isoformat(),
                "expires_at": (now + LINK_LIFE).isoformat(),
            },
            facts={},
        ),
        now=now,
    )


def deny_change(*, notice: UUID, now: datetime) -> bool:
    """Use the link of a mail: suspend its account. False when it was used or is too old.

    Needs a transaction.
    """
    row = (
        ChangeNotice.objects.select_for_update()
        .filter(id=notice, used_at=None, expires_at__gt=now)
        .first()
    )
    if row is None:
        return False
    row.used_at = now
    row.save(update_fields=["used_at"])
    suspend(account=row.account_id, denied=SecurityChange(row.change), now=now)
    return True


def suspend(*, account: UUID, denied: SecurityChange | None, now: datetime) -> None:
    """Nobody enters by this account until someone has looked; once is as twice. Needs a transaction.

    Its sessions end, its provisional passwords open nothing, its browsers are known no more.
    """
    Account.objects.select_for_update().get(id=account)
    Account.objects.filter(id=account).update(state=AccountState.SUSPENDED)
    ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
    KnownDevice.objects.filter(account_id=account).delete()
    end_sessions(account=account)
    SecurityReport.objects.get_or_create(
        account_id=account,
        state=ReportState.WAITING,
        defaults={"id": new_id(), "change": denied, "reported_at": now},
    )


def restore(*, account: UUID, proof: Proof, by: str, now: datetime) -> None:
    """Open a suspended account again, once its owner proved who they are. Needs a transaction.

    Its password is gone, since a thief may know it, and so are its factors, since a thief may have added
    them: the owner asks for a new one and confirms the address again at the next sign-in.
    Refuses with :class:`NotSuspended`.
    """
    row = Account.objects.select_for_update().get(id=account)
    if row.state != AccountState.SUSPENDED:
        raise NotSuspended
    chosen = row.password_chosen_at is not None
    row.state = AccountState.ACTIVE if chosen else AccountState.OPENING
    row.password, row.email_confirmed_at = "", None
    row.save(update_fields=["state", "password", "email_confirmed_at"])
    remove_factors(account=account)
    SecurityReport.objects.filter(account_id=account, state=ReportState.WAITING).update(
        state=ReportState.CLOSED, proof=proof, closed_by=by, closed_at=now
    )
