"""Closing accounts and opening them again. Each change enters the history with its actor and reason."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from havre.commons.accounts.actions.factors import remove_factors
from havre.commons.accounts.models import (
    Account,
    ChangeNotice,
    EmailCode,
    KnownDevice,
    ProvisionalSecret,
    SecurityReport,
    Session,
)
from havre.commons.accounts.rules.standing import may_close, standing_of
from havre.commons.accounts.words import AccountState, ClosedFor, Proof, ReportState
from havre.commons.notifications.actions import end_silence, silence, withdraw
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source
from havre.foundation.refusals import Refusal

_FORGOTTEN = {
    "number_key": None,
    "password_chosen_at": None,
    "email_confirmed_at": None,
    "confirmed_email": None,
    "signed_in_at": None,
    "signed_in_zone": None,
    "previous_sign_in_at": None,
    "previous_sign_in_zone": None,
    "factors_answered_at": None,
    "access_ends_on": None,
}


class NotClosable(Refusal):
    """From the state in which the account is, it does not go to the one asked for; ``state`` is it."""

    def __init__(self, state: AccountState) -> None:
        self.state = state
        super().__init__(f"the account is {state}")


class NotRestorable(Refusal):
    """The account is open, or deleted: there is nothing to restore; ``state`` is which."""

    def __init__(self, state: AccountState) -> None:
        self.state = state
        super().__init__(f"the account is {state}: there is nothing to restore")


def suspend(*, account: UUID, why: ClosedFor, by: str, now: datetime) -> None:
    """Nobody enters until it is restored. Needs a transaction. Refuses with :class:`NotClosable`."""
    _close_one(account, AccountState.SUSPENDED, why, by=by, now=now)


def disable(*, account: UUID, why: ClosedFor, by: str, now: datetime) -> None:
    """The house closes the account (W13). Needs a transaction. Refuses with :class:`NotClosable`."""
    _close_one(account, AccountState.DISABLED, why, by=by, now=now)


def delete(*, account: UUID, by: str, now: datetime) -> None:
    """What signing in needs goes. The row stays, with what was accepted, as the trace that there was an
    account. Needs a transaction. Refuses with :class:`NotClosable`.
    """
    _close_one(account, AccountState.DELETED, ClosedFor.FORGOTTEN, by=by, now=now)
    remove_factors(account=account)
    for model in (ProvisionalSecret, EmailCode, ChangeNotice):
        model._default_manager.filter(account_id=account).delete()
    _forget_password(account)
    Account.objects.filter(id=account).update(**_FORGOTTEN)


def close(
    *,
    accounts: Collection[UUID],
    state: AccountState,
    why: ClosedFor,
    by: str,
    now: datetime,
) -> None:
    """Close these, whatever their number in the same few statements. Needs a transaction.

    Their sessions end, their provisional passwords open nothing, their browsers are known no more, and
    where the reason is one that is not written of, what waits to leave does not.
    """
    Account.objects.filter(id__in=accounts).update(
        state=state, closed_for=why, closed_at=now, closed_by=by
    )
    ProvisionalSecret.objects.filter(account_id__in=accounts, used_at=None).update(used_at=now)
    KnownDevice.objects.filter(account_id__in=accounts).delete()
    Session.objects.filter(account_id__in=accounts).delete()
    if not standing_of(state, why).written_to:
        closed = Account.objects.filter(id__in=accounts)
        withdraw(memberships=list(closed.values_list("membership_id", flat=True)))


def restore(*, account: UUID, proof: Proof, by: str, now: datetime) -> None:
    """Open a closed account again, once its owner proved who they are. Needs a transaction.

    Its password is gone, since a thief may know it, and so are its factors, since a thief may have added
    them: the owner asks for a new one and confirms the address again at the next sign-in.
    Refuses with :class:`NotRestorable`.
    """
    columns = ("id", "state", "closed_for", "membership_id")
    row = Account.objects.select_for_update().only(*columns).get(id=account)
    state = AccountState(row.state)
    if not standing_of(state, ClosedFor(row.closed_for) if row.closed_for else None).restored:
        raise NotRestorable(state)
    _forget_password(account)
    Account.objects.filter(id=account).update(email_confirmed_at=None)
    remove_factors(account=account)
    reopen(accounts=[account])
    end_silence(memberships=[row.membership_id])
    waiting = SecurityReport.objects.filter(account_id=account, state=ReportState.WAITING)
    for report in waiting.values_list("id", flat=True):
        worklist.take_away(source=Source.REPORT, source_id=report)
    waiting.update(state=ReportState.CLOSED, proof=proof, closed_by=by, closed_at=now)


def reopen(*, accounts: Collection[UUID]) -> None:
    """These are open again, as far as each had come. Needs a transaction."""
    for state, chosen in ((AccountState.ACTIVE, False), (AccountState.OPENING, True)):
        Account.objects.filter(id__in=accounts, password_chosen_at__isnull=chosen).update(
            state=state, closed_for=None, closed_at=None, closed_by=None, access_ends_on=None
        )


def record_deaths(*, memberships: Collection[UUID], by: str, now: datetime) -> None:
    """Disable the accounts of these members, who died, and write to them no more, account or not.

    Once is as twice. Needs a transaction. The same statements however many they are; the batch role may.
    """
    silence(memberships=memberships, now=now)
    known = Account.objects.filter(membership_id__in=memberships)
    living = known.exclude(state=AccountState.DELETED).exclude(closed_for=ClosedFor.DEATH)
    ids = list(living.values_list("id", flat=True))
    if ids:
        close(accounts=ids, state=AccountState.DISABLED, why=ClosedFor.DEATH, by=by, now=now)


def undo_death(
    *, membership: UUID, state: AccountState, why: ClosedFor | None, by: str, now: datetime
) -> bool:
    """The account of a member who did not die is as it was before, and mails leave again; is there one?

    Sessions, provisional passwords and mails that were withdrawn do not come back. False too where it
    is not closed for a death any more. Needs a transaction.
    """
    end_silence(memberships=[membership])
    rows = Account.objects.filter(membership_id=membership, closed_for=ClosedFor.DEATH)
    account = rows.values_list("id", flat=True).first()
    if account is None:
        return False
    if why is None:
        reopen(accounts=[account])
    else:
        rows.update(state=state, closed_for=why, closed_at=now, closed_by=by)
    return True


def announce_ends(last_days: Mapping[UUID, date | None]) -> None:
    """Keep the last day of access that each account is told, or none any more; one statement.

    Needs a transaction.
    """
    rows = [Account(id=account, access_ends_on=day) for account, day in last_days.items()]
    Account.objects.bulk_update(rows, ["access_ends_on"])


def _forget_password(account: UUID) -> None:
    """By a function of the database, which can do nothing else with it: the desk may set none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_forget_password(%s)", [account])


def _close_one(
    account: UUID, state: AccountState, why: ClosedFor, *, by: str, now: datetime
) -> None:
    row = Account.objects.select_for_update().only("id", "state").get(id=account)
    before = AccountState(row.state)
    if not may_close(before, to=state, why=why):
        raise NotClosable(before)
    close(accounts=[account], state=state, why=why, by=by, now=now)
