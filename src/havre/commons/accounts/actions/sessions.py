"""Ending sessions, and forgetting browsers, from elsewhere."""

from uuid import UUID

from django.db.models import Q

from havre.commons.accounts.models import KnownDevice, Session


def end_session(*, account: UUID, handle: UUID) -> None:
    """End one session of the account; one that has ended already stays so. Needs a transaction."""
    Session.objects.filter(account_id=account, handle=handle).delete()


def end_sessions(*, account: UUID, keep: UUID | None = None) -> None:
    """End every session of the account, but the one whose handle is ``keep``. Needs a transaction."""
    ending = Session.objects.filter(account_id=account)
    if keep:  # one without a handle ends too
        ending = ending.filter(~Q(handle=keep) | Q(handle=None))
    ending.delete()


def forget_device(*, account: UUID, device: UUID) -> None:
    """The browser is known no more: what else a sign-in asks is asked there again. Needs a transaction."""
    KnownDevice.objects.filter(account_id=account, id=device).delete()
