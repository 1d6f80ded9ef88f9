"""From a request to open an account to an account that waits for its first sign-in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from havre.commons.accounts.actions.changed_email import is_held
from havre.commons.accounts.actions.closing import reopen
from havre.commons.accounts.models import (
    Account,
    OpeningReview,
    ProvisionalSecret,
    typed_email_place,
)
from havre.commons.accounts.rules.provisional import A_DAY, Issue, may_issue
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import (
    AccountState,
    Proof,
    ReviewReason,
    ReviewState,
)
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import (
    provisional_key,
    provisional_secret,
    secret_digest,
    vault,
)
from havre.foundation.identifiers import adherent_key
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in.addresses import address_index

REVIEWS_WAITING = 3
SAME_CLICK = timedelta(minutes=1)
"""Within which a letter that was asked for twice is one: a second click, a download that broke."""
REVIEWED_BY = "accounts.manage"
"""The permission of whoever looks at accounts at the desk."""


class UnknownReview(Refusal):
    """No request to review has this id."""


class AlreadyDecided(Refusal):
    """Someone has decided this request before."""


@dataclass(frozen=True)
class IssuedSecret:
    """An issue of a provisional password; the sending job derives the secret from ``id``."""

    id: UUID
    expires_at: datetime


def open_account(
    *,
    household: UUID,
    membership: UUID,
    person: UUID,
    adherent_number: str,
    language: str,
    now: datetime,
) -> UUID:
    """The account of a membership, made if there is none. Needs a transaction.

    One that waits for its first sign-in takes the number of today: the one that the mails recall. One
    that was deleted begins anew; what was accepted with it stands.
    """
    number_key = adherent_key(adherent_number)
    with connection.cursor() as cursor:
        # Of these columns: the desk opens accounts too, and may set no password.
        cursor.execute(
            "INSERT INTO accounts_account (id, household_id, membership_id, person_id, number_key,"
            " language, state, opened_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (membership_id) DO NOTHING",
            [
                *(new_id(), household, membership, person),
                *(number_key, language, AccountState.OPENING, now),
            ],
        )
        made = cursor.rowcount == 1
    known = Account.objects.only("id", "state", "number_key")
    account = known.get(membership_id=membership)
    if not made and account.state == AccountState.DELETED:
        Account.objects.filter(id=account.id).update(language=language, opened_at=now)
        reopen(accounts=[account.id])
    if not made and account.number_key != number_key:
        Account.objects.filter(id=account.id).update(number_key=number_key)
    return account.id


def issue_provisional(*, account: UUID, now: datetime, life: timedelta) -> IssuedSecret | None:
    """Issue a provisional password, or none where it is too soon or too often. Needs a transaction.

    None either where the account is closed, or where the desk gave its member another address lately
    (``changed_email``). A password of one's own, if there is one, goes on working until another was chosen
    with this one.
    """
    row = Account.objects.select_for_update().only("id", "state", "membership_id").get(id=account)
    if not may_enter(AccountState(row.state)) or is_held(membership=row.membership_id, now=now):
        return None
    lately = ProvisionalSecret.objects.filter(
        account_id=account, issued_at__gt=now - timedelta(days=1)
    )
    issues = [Issue(*row) for row in lately.values_list("issued_at", "expires_at", "used_at")]
    if not may_issue(issues, now=now):
        return None
    return _issued(new_id(), account, now=now, life=life)


def issue_by_post(
    *, account: UUID, secret: UUID, now: datetime, life: timedelta
) -> IssuedSecret | None:
    """A provisional password for a letter, which ends every other one. Needs a transaction.

    ``secret`` is the id that the page named: asked again within a minute, it is the same letter. None
    where :func:`issue_provisional` gives none, but for the quarter of an hour between two: what was
    printed badly is printed again, :data:`A_DAY` times a day at most.
    """
    row = Account.objects.select_for_update().only("id", "state", "membership_id").get(id=account)
    if not may_enter(AccountState(row.state)) or is_held(membership=row.membership_id, now=now):
        return None
    printed = ProvisionalSecret.objects.filter(account_id=account, by_post=True)
    lately = list(
        printed.filter(issued_at__gt=now - timedelta(days=1)).values_list(
            "id", "issued_at", "expires_at", "used_at"
        )
    )
    for row_id, issued_at, expires_at, used_at in lately:
        if row_id == secret:
            same = used_at is None and now - issued_at < SAME_CLICK
            return IssuedSecret(row_id, expires_at) if same else None
    if len(lately) >= A_DAY or ProvisionalSecret.objects.filter(id=secret).exists():
        return None
    ProvisionalSecret.objects.filter(account_id=account, used_at=None).update(used_at=now)
    return _issued(secret, account, now=now, life=life, by_post=True)


def _issued(
    row_id: UUID, account: UUID, *, now: datetime, life: timedelta, by_post: bool = False
) -> IssuedSecret:
    secret = provisional_secret(provisional_key(), row_id)
    ProvisionalSecret.objects.create(
        id=row_id,
        account_id=account,
        digest=secret_digest(provisional_key(), secret),
        issued_at=now,
        expires_at=now + life,
        by_post=by_post,
    )
    return IssuedSecret(id=row_id, expires_at=now + life)


def wait_for_review(
    *,
    household: UUID,
    membership: UUID,
    person: UUID,
    reason: ReviewReason,
    email: str,
    now: datetime,
) -> bool:
    """Put a request before a person. Needs a transaction.

    False when the same one waits already, or :data:`REVIEWS_WAITING` do: whoever knows a member's
    identity could fill the queue with addresses.
    """
    index, open_ones = address_index(email), [ReviewState.WAITING, ReviewState.APPROVED]
    rows = OpeningReview.objects.filter(membership_id=membership, state__in=open_ones)
    waiting = {bytes(one) for one in rows.values_list("email_index", flat=True)}
    if index in waiting or len(waiting) >= REVIEWS_WAITING:
        return False
    row_id = new_id()
    OpeningReview.objects.create(
        id=row_id,
        household_id=household,
        membership_id=membership,
        person_id=person,
        reason=reason,
        typed_email=vault().seal(email, place=typed_email_place(row_id)),
        email_index=index,
        received_at=now,
    )
    _put_in_queue(row_id, reason, household=household, membership=membership, now=now)
    return True


def _put_in_queue(
    review: UUID, reason: ReviewReason, *, household: UUID, membership: UUID, now: datetime
) -> None:
    worklist.put(
        Item(
            source=Source.REVIEW,
            source_id=review,
            kind=reason,
            needs=REVIEWED_BY,
            opened_at=now,
            household=household,
            membership=membership,
        )
    )


def approve_review(
    *, review: UUID, proof: Proof, by: str, now: datetime, delay: timedelta
) -> datetime:
    """Approve, saying how identity was proved; gives when it takes effect. Needs a transaction."""
    row = _undecided(review)
    row.state, row.proof, row.decided_by = ReviewState.APPROVED, proof, by
    row.decided_at, row.effective_at = now, now + delay
    row.save(update_fields=["state", "proof", "decided_by", "decided_at", "effective_at"])
    worklist.take_away(source=Source.REVIEW, source_id=review)
    return row.effective_at


def refuse_review(*, review: UUID, by: str, now: datetime) -> None:
    """Refuse, before the decision or while its effect waits. Needs a transaction."""
    row = _undecided(review, also=ReviewState.APPROVED)
    row.state, row.decided_by, row.decided_at, row.effective_at = ReviewState.REFUSED, by, now, None
    row.save(update_fields=["state", "decided_by", "decided_at", "effective_at"])
    worklist.take_away(source=Source.REVIEW, source_id=review)


def make_review_effective(*, review: UUID, now: datetime) -> str | None:
    """The address an approved review brings, once its delay is over; then never again."""
    row = (
        OpeningReview.objects.select_for_update()
        .filter(id=review, state=ReviewState.APPROVED, effective_at__lte=now)
        .first()
    )
    if row is None:
        return None
    row.state = ReviewState.EFFECTIVE
    row.save(update_fields=["state"])
    return vault().open(bytes(row.typed_email), place=typed_email_place(row.id))


def _undecided(review: UUID, *, also: ReviewState | None = None) -> OpeningReview:
    row = OpeningReview.objects.select_for_update().filter(id=review).first()
    if row is None:
        raise UnknownReview
    if row.state not in {ReviewState.WAITING, also}:
        raise AlreadyDecided
    return row
