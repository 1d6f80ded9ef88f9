"""A new e-mail address takes effect when its owner proves that it is theirs; the old one is told."""

from datetime import datetime, timedelta

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import AccountSeen
from havre.commons.accounts.words import SecurityChange
from havre.commons.notifications import actions as notifications
from havre.domains.people import actions as people
from havre.domains.people.queries import DetailsSeen
from havre.domains.people.words import Contact
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.own_contact import mails


def send_code(
    *, account: AccountSeen, details: DetailsSeen, email: str, again: bool, now: datetime
) -> None:
    """Send a code to ``email``, unless a live one was and ``again`` was not asked.

    An address that refused our mails is tried again. Needs the member's guard. Refuses with ``TooManyCodes``.
    """
    with acting(actor=_actor(account), role=Role.WEB):
        code = accounts.issue_email_code(
            account=account.id,
            email=email,
            again=again,
            now=now,
            life=timedelta(minutes=settings.HAVRE.EMAIL_CODE_MINUTES),
        )
        if code.fresh:
            notifications.write_again(address=email)
            mails.code(account.household, details.person, email=email, code=code, now=now)


def confirm_code(
    *, account: AccountSeen, details: DetailsSeen, email: str, code: str, now: datetime
) -> int | None:
    """Make ``email`` the address on file if the code is right: none then, else the tries left.

    The code, the address and the notice stand or fall together. Needs the member's guard. Refuses
    with ``CodeExpired`` or ``ChangedMeanwhile``.
    """
    origin = details.origins.get(Contact.EMAIL)
    with acting(actor=_actor(account), role=Role.MEMBER, household=account.household):
        with acting(actor=_actor(account), role=Role.WEB):
            left = accounts.confirm_email(account=account.id, email=email, code=code, now=now)
        if left is not None:
            return left
        changed = people.change_contact(
            household=account.household,
            membership=account.membership,
            what=Contact.EMAIL,
            value=email,
            shown=origin.at if origin else None,
            now=now,
        )
        if not changed:  # the address that it was, which works again
            return None
        with acting(actor=_actor(account), role=Role.WEB):
            accounts.tell_change(
                account=account.id,
                change=SecurityChange.EMAIL,
                address=details.person.email,
                language=details.person.language,
                now=now,
            )
    return None


def _actor(account: AccountSeen) -> Actor:
    return Actor(name=str(account.id), channel=Channel.ONLINE, purpose="change an e-mail address")
