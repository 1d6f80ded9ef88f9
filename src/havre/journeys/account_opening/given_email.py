"""The address of a member who had none on file: given at the first sign-in, proved by a code sent there.

Open to whoever opened the account by a letter to the postal address on file, and to nobody else: a
provisional password that was mailed proves a mailbox, not whose the account is.
"""

from datetime import datetime, timedelta

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import AccountSeen
from havre.commons.notifications import actions as notifications
from havre.commons.notifications.queries import reaches
from havre.domains.people import actions as people_actions
from havre.domains.people import queries as people
from havre.domains.people.queries import DetailsSeen
from havre.domains.people.words import Contact
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.account_opening import mails


def may_give(*, account: AccountSeen) -> bool:
    """Whether the owner of this account gives an address: no mail reaches them, and a letter let them in."""
    email = _details(account).person.email
    with acting(actor=_actor(account)):
        return not reaches(address=email) and accounts_seen.came_by_post(account=account.id)


def send_code(*, account: AccountSeen, email: str, again: bool, now: datetime) -> None:
    """Send a code to ``email``, unless a live one was and ``again`` was not asked.

    Refuses with ``TooManyCodes``.
    """
    person = _details(account).person
    with acting(actor=_actor(account)):
        code = accounts.issue_email_code(
            account=account.id,
            email=email,
            again=again,
            now=now,
            life=timedelta(minutes=settings.HAVRE.EMAIL_CODE_MINUTES),
        )
        if code.fresh:
            notifications.write_again(address=email)
            mails.email_code(account.household, person, email=email, code=code, now=now)


def confirm_code(*, account: AccountSeen, email: str, code: str, now: datetime) -> int | None:
    """Put ``email`` on file if the code is right: none then, else the tries left.

    Refuses with ``CodeExpired`` or ``ChangedMeanwhile``: an address came on file in between.
    """
    mark = _details(account).origins.get(Contact.EMAIL)
    actor = _actor(account)
    with acting(actor=actor, role=Role.MEMBER, household=account.household):
        with acting(actor=actor, role=Role.WEB):
            left = accounts.confirm_email(account=account.id, email=email, code=code, now=now)
        if left is None:
            people_actions.change_contact(
                household=account.household,
                membership=account.membership,
                what=Contact.EMAIL,
                value=email,
                shown=mark.at if mark else None,
                now=now,
            )
    return left


def _details(account: AccountSeen) -> DetailsSeen:
    with acting(actor=_actor(account), role=Role.MEMBER, household=account.household):
        everyone = people.household_details(household=account.household)
    return next(one for one in everyone if one.person.membership == account.membership)


def _actor(account: AccountSeen) -> Actor:
    return Actor(name=str(account.id), channel=Channel.ONLINE, purpose="give an e-mail address")
