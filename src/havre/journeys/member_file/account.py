"""Looking after a member's account at the member's wish: each act in the household's context, as the desk.

No act shows or sets a password: a provisional one goes to the address on file, derived when it is sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import life
from havre.commons.accounts.queries.life import LifeSeen
from havre.commons.accounts.words import ClosedFor, Proof
from havre.domains.people import actions as people_actions
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import Contact, Origin
from havre.foundation.db import Channel
from havre.foundation.refusals import Refusal
from havre.journeys.member_file import mails

ORIGINS = {Channel.PHONE: Origin.PHONE}
"""Where a value came from, by how it was asked; else it is the desk's."""


class NoAccount(Refusal):
    """The member has no account, or none that can be used so."""


class NoAddress(Refusal):
    """No e-mail address is on file."""


class SharedAddress(Refusal):
    """Another adult of the household reads the address too."""


class TooSoon(Refusal):
    """One was issued a moment ago, too often today, or the address was changed lately."""


class Dead(Refusal):
    """The file says that the person died."""


class WrongAddress(Refusal):
    """This is no e-mail address, or it is the one on file."""


@dataclass(frozen=True)
class At:
    """Whose account: the household must be the one in context."""

    household: UUID
    membership: UUID


def suspend(at: At, *, by: str, now: datetime) -> None:
    """Close it for a while at its owner's wish. Refuses ``NoAccount`` and ``NotClosable``."""
    accounts.suspend(account=_life(at).id, why=ClosedFor.ASKED, by=by, now=now)


def disable(at: At, *, reason: ClosedFor, by: str, now: datetime) -> None:
    """Close it for a reason of the house's. Refuses the same."""
    accounts.disable(account=_life(at).id, why=reason, by=by, now=now)


def delete(at: At, *, by: str, now: datetime) -> None:
    """Delete it. Refuses the same."""
    accounts.delete(account=_life(at).id, by=by, now=now)


def restore(at: At, *, proof: Proof, by: str, now: datetime) -> None:
    """Open it again, once its owner proved who they are; they ask for a new password themselves.

    Refuses ``NoAccount``, ``NotRestorable`` and ``Dead``.
    """
    if person(at).deceased_on:
        raise Dead
    accounts.restore(account=_life(at).id, proof=proof, by=by, now=now)
    mails.restored(at.household, person(at), now=now)


def send_password(at: At, *, now: datetime) -> None:
    """Send a provisional password to the address on file, and open the account where there is none.

    Refuses ``Dead``, ``NoAddress``, ``SharedAddress``, ``NoAccount`` where it is closed, ``TooSoon``.
    """
    whose = person(at)
    if whose.deceased_on:
        raise Dead
    if whose.email is None:
        raise NoAddress
    majority = settings.HAVRE.MAJORITY_AGE
    if people.shares_address(whose, household=at.household, on=now.date(), majority=majority):
        raise SharedAddress
    account = account_for(at, whose, now=now)
    valid = timedelta(minutes=settings.HAVRE.FORGOTTEN_PASSWORD_MINUTES)
    issued = accounts.issue_provisional(account=account, now=now, life=valid)
    if issued is None:
        raise TooSoon
    mails.password(at.household, whose, email=whose.email, issued=issued, now=now)


def propose_email(at: At, *, email: str, channel: Channel, by: UUID, now: datetime) -> None:
    """Another address, which a second person confirms. Refuses ``WrongAddress`` and ``ChangeWaits``."""
    whose, typed = person(at), email.strip()
    try:
        validate_email(typed)
    except ValidationError:
        raise WrongAddress from None
    if whose.email and accounts_seen.same_address(whose.email, typed):
        raise WrongAddress
    accounts.propose_change(
        household=at.household,
        membership=at.membership,
        email=typed,
        channel=channel,
        language=whose.language,
        by=by,
        now=now,
    )


def confirm_email(at: At, *, change: UUID, channel: Channel, by: UUID, now: datetime) -> None:
    """The second person agrees: the address is on file, the one before is told, and for
    ``EMAIL_CHANGE_HOURS`` no provisional password is issued. Refuses ``NotWaiting`` and ``SamePerson``.
    """
    whose = person(at)
    hold = timedelta(hours=settings.HAVRE.EMAIL_CHANGE_HOURS)
    email = accounts.confirm_change(change=change, by=by, now=now, hold=hold)
    details = people.household_details(household=at.household)
    own = next(one for one in details if one.person.membership == at.membership)
    mark = own.origins.get(Contact.EMAIL)
    people_actions.change_contact(
        household=at.household,
        membership=at.membership,
        what=Contact.EMAIL,
        value=email,
        shown=mark.at if mark else None,
        now=now,
        by=ORIGINS.get(channel, Origin.DESK),
        source=str(by),
    )
    if whose.email:
        mails.email_changed(at.household, whose, email=whose.email, change=change, now=now)


def account_for(at: At, person: PersonSeen, *, now: datetime) -> UUID:
    """The account that a provisional password would open, made where there is none.

    Refuses ``NoAccount`` where it is closed or the member has no number, and ``TooSoon``.
    """
    seen = life.life_of(membership=at.membership)
    closed = seen is not None and not (seen.standing.enters or seen.standing.opens_again)
    if closed or person.adherent_number is None:
        raise NoAccount
    if accounts.is_held(membership=at.membership, now=now):
        raise TooSoon
    return accounts.open_account(
        household=at.household,
        membership=at.membership,
        person=person.id,
        adherent_number=person.adherent_number,
        language=person.language,
        now=now,
    )


def _life(at: At) -> LifeSeen:
    seen = life.life_of(membership=at.membership)
    if seen is None:
        raise NoAccount
    return seen


def person(at: At) -> PersonSeen:
    """Whose account it is. Refuses ``NoAccount`` where nobody is there."""
    found = people.person_of(household=at.household, membership=at.membership)
    if found is None:
        raise NoAccount
    return found
