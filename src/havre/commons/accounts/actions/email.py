"""Confirming an e-mail address by a code that was sent to it."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from havre.commons.accounts.models import Account, EmailCode, ProvisionalSecret
from havre.foundation.crypto import numeric_code, provisional_key, secret_digest
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in.addresses import address_index

TRIES = 5
CODES_AN_HOUR = 5


class CodeExpired(Refusal):
    """No code is live: too old, used, or tried too often."""


class TooManyCodes(Refusal):
    """Codes were asked for too often in the last hour."""


@dataclass(frozen=True)
class CodeSent:
    """The code's row, from which the sending job derives it; ``fresh`` is false for one still live."""

    id: UUID
    expires_at: datetime
    fresh: bool


def issue_email_code(
    *, account: UUID, email: str, again: bool, now: datetime, life: timedelta
) -> CodeSent:
    """A code for this address: the live one unless ``again``. Needs a transaction."""
    Account.objects.select_for_update().get(id=account)
    index = address_index(email)
    recent = list(
        EmailCode.objects.filter(account_id=account, sent_at__gt=now - timedelta(hours=1)).order_by(
            "-sent_at"
        )
    )
    live = [row for row in recent if bytes(row.email) == index and _is_live(row, now=now)]
    if live and not again:
        return CodeSent(live[0].id, live[0].expires_at, fresh=False)
    if len(recent) >= CODES_AN_HOUR:
        raise TooManyCodes
    row_id = new_id()
    EmailCode.objects.create(
        id=row_id,
        account_id=account,
        email=index,
        digest=secret_digest(provisional_key(), numeric_code(provisional_key(), row_id)),
        sent_at=now,
        expires_at=now + life,
    )
    return CodeSent(row_id, now + life, fresh=True)


def confirm_email(*, account: UUID, email: str, code: str, now: datetime) -> int | None:
    """Confirm ``email``; none when the code is right, else how many tries are left. Needs a transaction.

    A provisional password that was sent before, to another address perhaps, opens nothing any more.

    A wrong try is a fact to keep, so it is an answer and not a refusal that would undo its own count.
    """
    index = address_index(email)
    newest = (
        EmailCode.objects.select_for_update()
        .filter(account_id=account)
        .order_by("-sent_at")
        .first()
    )
    if newest is None or bytes(newest.email) != index or not _is_live(newest, now=now):
        raise CodeExpired
    if not hmac.compare_digest(bytes(newest.digest), secret_digest(provisional_key(), code)):
        newest.failures += 1
        newest.save(update_fields=["failures"])
        return TRIES - newest.failures
    newest.used_at = now
    newest.save(update_fields=["used_at"])
    Account.objects.filter(id=account).update(email_confirmed_at=now, confirmed_email=index)
    ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
    return None


def _is_live(row: EmailCode, *, now: datetime) -> bool:
    return row.used_at is None and row.failures < TRIES and now < row.expires_at
