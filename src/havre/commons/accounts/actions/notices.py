"""Telling the known address of each change of how one signs in, and acting on "it was not me"."""

from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.accounts.actions.closing import suspend
from havre.commons.accounts.actions.opening import REVIEWED_BY
from havre.commons.accounts.models import (
    Account,
    ChangeNotice,
    SecurityReport,
)
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import AccountState, ClosedFor, ReportState, SecurityChange
from havre.commons.notifications.actions import Mail, put_in_outbox
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import link_digest, link_token, provisional_key
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id

ACCOUNT_CHANGED = "accounts.changed"
LINK_LIFE = timedelta(hours=72)
OWNER = "owner"
"""By whom an account is closed that its owner reported."""


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
    suspend_reported(account=row.account_id, denied=SecurityChange(row.change), now=now)
    return True


def suspend_reported(*, account: UUID, denied: SecurityChange | None, now: datetime) -> None:
    """Nobody enters by this account until someone has looked; once is as twice. Needs a transaction.

    One that is closed already stays as it is.
    """
    row = Account.objects.select_for_update().get(id=account)
    if may_enter(AccountState(row.state)):
        suspend(account=account, why=ClosedFor.REPORTED, by=OWNER, now=now)
    report, made = SecurityReport.objects.get_or_create(
        account_id=account,
        state=ReportState.WAITING,
        defaults={"id": new_id(), "change": denied, "reported_at": now},
    )
    if made:
        tell_desk = Actor(name=OWNER, channel=Channel.ONLINE, purpose="report an account")
        with acting(actor=tell_desk, role=Role.MEMBER, household=row.household_id):
            worklist.put(
                Item(
                    source=Source.REPORT,
                    source_id=report.id,
                    kind=denied or OWNER,
                    needs=REVIEWED_BY,
                    opened_at=now,
                    household=row.household_id,
                    membership=row.membership_id,
                )
            )
