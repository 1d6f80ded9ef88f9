"""The steps after a provisional password: a password of one's own, the address, the terms."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import AccountSeen
from havre.commons.notifications import actions as notifications
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.refusals import Refusal
from havre.journeys.account_opening import mails


class NoAddress(Refusal):
    """No e-mail address is on file any more: the service must be asked."""


@dataclass(frozen=True)
class Address:
    """The address to confirm, as much of it as may be shown."""

    shown: str


def send_code(*, account: AccountSeen, again: bool, now: datetime) -> Address:
    """Send a code to the address on file, unless a live one was sent and ``again`` was not asked.

    Refuses with :class:`NoAddress` or ``TooManyCodes``.
    """
    person = _person(account)
    email = person.email
    if email is None:
        raise NoAddress
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
    return Address(shown=_masked(email))


def confirm_code(*, account: AccountSeen, code: str, now: datetime) -> int | None:
    """Confirm the address on file by its code: none when right, else the tries left.

    Refuses with :class:`NoAddress` or ``CodeExpired``.
    """
    email = _person(account).email
    if email is None:
        raise NoAddress
    with acting(actor=_actor(account)):
        return accounts.confirm_email(account=account.id, email=email, code=code, now=now)


def _person(account: AccountSeen) -> people.PersonSeen:
    with acting(actor=_actor(account), role=Role.MEMBER, household=account.household):
        person = people.person_of(household=account.household, membership=account.membership)
    if person is None:
        raise NoAddress
    return person


def _actor(account: AccountSeen) -> Actor:
    return Actor(name=str(account.id), channel=Channel.ONLINE, purpose="confirm an e-mail address")


def _masked(email: str) -> str:
    """``c•••••@example.org``: enough to recognise one's own, too little to learn another's."""
    local, _at, domain = email.partition("@")
    return f"{local[:1]}•••••@{domain}"
