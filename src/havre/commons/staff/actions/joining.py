"""Coming and leaving: invitations, roles, the last day."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from havre.commons.accounts.actions import PasswordRefused, guessing
from havre.commons.staff.access import FACTORS
from havre.commons.staff.actions import mails
from havre.commons.staff.models import Invitation, Session, StaffMember, email_place
from havre.commons.staff.words import Scope, StaffRole, StaffState
from havre.foundation.crypto import provisional_key, provisional_secret, secret_digest, vault
from havre.foundation.db import Actor, acting
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.addresses import address_key
from havre.foundation.signing_in.passwords import as_compared, fault_of

# All but who it is: the id and the index of the address stay.
_CHANGEABLE = (
    *("email", "first_name", "last_name", "language", "roles"),
    *("products", "employers", "intermediaries", "state", "password"),
    *("invited_at", "password_chosen_at", "ended_on"),
)
INVITATION_LIFE = timedelta(hours=72)


@dataclass(frozen=True)
class Invited:
    """Who was invited, and the invitation that the mail names."""

    staff: UUID
    invitation: UUID


class AlreadyWorksHere(Refusal):
    """Somebody with this address works here already."""


class NoSuchPerson(Refusal):
    """Nobody of that id works here."""


class LastAdministrator(Refusal):
    """Without this administrator nobody could invite anybody: make another one first."""


class InvitationOver(Refusal):
    """The invitation was used, replaced, or is too old: an administrator sends another."""


class WrongCode(Refusal):
    """This is not the code of the invitation."""


def invite(
    *,
    email: str,
    first_name: str,
    last_name: str,
    roles: Sequence[StaffRole],
    scope: Scope,
    language: str,
    by: Actor,
    now: datetime,
) -> Invited:
    """Invite somebody, by a mail with a link and a code that opens once. Opens a transaction.

    Who left comes back under the same row. Refuses :class:`AlreadyWorksHere`.
    """
    index = email_index(email)
    with acting(actor=by):
        row = StaffMember.objects.select_for_update().filter(email_index=index).first()
        if row and row.state != StaffState.ENDED:
            raise AlreadyWorksHere
        known = row is not None
        row = row or StaffMember(id=new_id(), email_index=index, invited_at=now)
        row.email = vault().seal(email.strip(), place=email_place(row.id))
        row.first_name, row.last_name, row.language = first_name, last_name, language
        row.state, row.ended_on, row.invited_at = StaffState.INVITED, None, now
        _set(row, roles, scope)
        row.save(update_fields=_CHANGEABLE if known else None)
        made = _send(row, email=email.strip(), now=now)
    return Invited(row.id, made)


def invite_again(*, staff: UUID, by: Actor, now: datetime, even_the_last: bool = False) -> None:
    """For who lost everything, or came too late: password and factors go, sessions end, a new mail leaves.

    Opens a transaction. Refuses :class:`NoSuchPerson` for who left or never was, and
    :class:`LastAdministrator` but from the machine itself (``even_the_last``).
    """
    with acting(actor=by):
        _keep_an_administrator(staff, stays=even_the_last)
        row = _locked(staff)
        _close(row, now=now)
        row.state, row.invited_at = StaffState.INVITED, now
        row.save(update_fields=_CHANGEABLE)
        _send(row, email=vault().open(bytes(row.email), place=email_place(row.id)), now=now)


def accept(*, invitation: UUID, code: str, password: str, address: str, now: datetime) -> UUID:
    """Take an invitation with its code and choose a password; gives who. Opens a transaction.

    Guesses are slowed down. Refuses ``TooSoon``, :class:`InvitationOver`, :class:`WrongCode` and
    ``PasswordRefused``; what is refused leaves the invitation as it was.
    """
    hashed = make_password(as_compared(password))
    refusal: Refusal | None = None
    with guessing(
        what="staff invitation", secret=str(invitation), address=address, now=now
    ) as guess:
        live = Invitation.objects.select_for_update().filter(
            id=invitation, used_at=None, expires_at__gt=now
        )
        found = live.first()
        if found is None:
            raise InvitationOver
        row = _locked(found.staff_id)
        if not hmac.compare_digest(bytes(found.digest), secret_digest(provisional_key(), code)):
            guess.wrong, refusal = True, WrongCode()
        elif fault := fault_of(password, about=about(row)):
            refusal = PasswordRefused(fault)
        else:
            live.update(used_at=now)
            row.password, row.password_chosen_at = hashed, now
            row.state = StaffState.ACTIVE
            row.save(update_fields=["password", "password_chosen_at", "state"])
    if refusal:
        raise refusal
    return row.id


def change(
    *,
    staff: UUID,
    first_name: str,
    last_name: str,
    roles: Sequence[StaffRole],
    scope: Scope,
    by: Actor,
) -> None:
    """Change names, roles and scope. Opens a transaction.

    Refuses :class:`NoSuchPerson`, and :class:`LastAdministrator` where nobody else could manage staff.
    """
    with acting(actor=by):
        _keep_an_administrator(staff, stays=StaffRole.ADMINISTRATOR in roles)
        row = _locked(staff)
        row.first_name, row.last_name = first_name, last_name
        _set(row, roles, scope)
        row.save(
            update_fields=[
                *("first_name", "last_name", "roles"),
                *("products", "employers", "intermediaries"),
            ]
        )


def end(*, staff: UUID, by: Actor, today: date, now: datetime) -> None:
    """The last day: every session ends now, password and factors go. Opens a transaction.

    Who left already stays as they are. Refuses :class:`NoSuchPerson` and :class:`LastAdministrator`.
    """
    with acting(actor=by):
        _keep_an_administrator(staff, stays=False)
        row = StaffMember.objects.select_for_update().filter(id=staff).first()
        if row is None:
            raise NoSuchPerson
        if row.state == StaffState.ENDED:
            return
        _close(row, now=now)
        row.state, row.ended_on = StaffState.ENDED, today
        row.save(update_fields=_CHANGEABLE)


def email_index(email: str) -> bytes:
    """The blind index by which addresses of staff are compared, without case."""
    return vault().blind(address_key(email), purpose="staff email")


def _locked(staff: UUID) -> StaffMember:
    row = (
        StaffMember.objects.select_for_update()
        .filter(id=staff)
        .exclude(state=StaffState.ENDED)
        .first()
    )
    if row is None:
        raise NoSuchPerson
    return row


def _keep_an_administrator(staff: UUID, *, stays: bool) -> None:
    """All administrators are locked, so that two cannot remove each other at the same moment."""
    active = StaffMember.objects.select_for_update().filter(
        state=StaffState.ACTIVE, roles__contains=[StaffRole.ADMINISTRATOR]
    )
    there = set(active.order_by("id").values_list("id", flat=True))
    if there == {staff} and not stays:
        raise LastAdministrator


def _set(row: StaffMember, roles: Sequence[StaffRole], scope: Scope) -> None:
    row.roles = sorted(roles)
    row.products = sorted(scope.products)
    row.employers = sorted(map(str, scope.employers))
    row.intermediaries = sorted(map(str, scope.intermediaries))


def _close(row: StaffMember, *, now: datetime) -> None:
    row.password, row.password_chosen_at = "", None
    Session.objects.filter(staff=row).delete()
    Invitation.objects.filter(staff=row, used_at=None).update(used_at=now)
    factors.remove_factors(FACTORS, owner=row.id)


def _send(row: StaffMember, *, email: str, now: datetime) -> UUID:
    Invitation.objects.filter(staff=row, used_at=None).update(used_at=now)
    made = Invitation(id=new_id(), staff=row, issued_at=now, expires_at=now + INVITATION_LIFE)
    code = provisional_secret(provisional_key(), made.id)
    made.digest = secret_digest(provisional_key(), code)
    made.save(force_insert=True)
    mails.invited(
        invitation=made.id,
        email=email,
        first_name=row.first_name,
        language=row.language,
        expires_at=made.expires_at,
        now=now,
    )
    return made.id


def about(row: StaffMember) -> tuple[str, ...]:
    """What a password may not be made of."""
    email = vault().open(bytes(row.email), place=email_place(row.id))
    return (row.first_name, row.last_name, email.partition("@")[0])
