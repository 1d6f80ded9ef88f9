"""What somebody who works here does with their own sign-in. Each opens a transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from havre.commons.accounts.actions import PasswordRefused
from havre.commons.staff.access import FACTORS
from havre.commons.staff.actions.joining import about
from havre.commons.staff.models import Session, StaffMember
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.factors import UnknownFactor
from havre.foundation.signing_in.passkeys import Site
from havre.foundation.signing_in.passwords import as_compared, fault_of
from havre.foundation.signing_in.sessions import can_save


class LastFactor(Refusal):
    """A second factor is compulsory: another one is added before the last is removed."""


def begin_app(*, staff: UUID, now: datetime) -> None:
    """Draw the secret of an app. Refuses ``AppAlreadyThere``."""
    with _locked(staff):
        factors.begin_app(FACTORS, owner=staff, now=now)


def finish_app(*, staff: UUID, code: str, now: datetime) -> tuple[str, ...] | None:
    """Add the app that shows ``code``; gives the new recovery codes, if any; none where it is not its
    code. Refuses ``NoAppBegun``."""
    with _locked(staff):
        if not factors.finish_app(FACTORS, owner=staff, code=code, now=now):
            return None
        return _added(staff, now=now)


def add_passkey(
    *,
    staff: UUID,
    answer: Mapping[str, Any],
    site: Site,
    state: Mapping[str, Any],
    name: str,
    now: datetime,
) -> tuple[str, ...]:
    """Keep the passkey that a device made; gives the new recovery codes, if any.

    Refuses ``WrongPasskey`` or ``TooManyPasskeys``.
    """
    with _locked(staff):
        factors.add_passkey(
            FACTORS, owner=staff, answer=answer, site=site, state=state, name=name, now=now
        )
        return _added(staff, now=now)


def remove_factor(*, staff: UUID, factor: UUID) -> None:
    """Remove a passkey or the app, never the last. Refuses ``UnknownFactor`` and :class:`LastFactor`."""
    with _locked(staff):
        held = factors.factors_of(FACTORS, owner=staff).factors
        if factor not in {one.id for one in held}:
            raise UnknownFactor
        if len(held) == 1:
            raise LastFactor
        factors.remove_factor(FACTORS, owner=staff, factor=factor)


def renew_codes(*, staff: UUID, now: datetime) -> tuple[str, ...]:
    """New recovery codes; the ones before no longer open. Refuses ``UnknownFactor``."""
    with _locked(staff):
        return factors.renew_codes(FACTORS, owner=staff, now=now)


def change_password(*, staff: UUID, password: str, keep: UUID | None, now: datetime) -> None:
    """Store another password; every session ends but ``keep``. Refuses ``PasswordRefused``."""
    hashed = make_password(as_compared(password))
    with _locked(staff):
        row = StaffMember.objects.get(id=staff)
        if fault := fault_of(password, about=about(row)):
            raise PasswordRefused(fault)
        StaffMember.objects.filter(id=staff).update(password=hashed, password_chosen_at=now)
        _end(staff, keep=keep)


def choose_language(*, staff: UUID, language: str) -> None:
    """The language of the desk for this person, on any device."""
    with _locked(staff):
        StaffMember.objects.filter(id=staff).update(language=language)


def end_session(*, staff: UUID, handle: UUID) -> None:
    """End one session; one that has ended already stays so."""
    with _locked(staff):
        Session.objects.filter(staff_id=staff, handle=handle).delete()


def end_sessions(*, staff: UUID, keep: UUID | None = None) -> None:
    """End every session, but the one whose handle is ``keep``."""
    with _locked(staff):
        _end(staff, keep=keep)


def note_sign_in(*, staff: UUID, now: datetime) -> None:
    """Keep when this sign-in was."""
    if can_save():
        with acting(actor=_actor(staff)):
            StaffMember.objects.filter(id=staff).update(signed_in_at=now)


@contextmanager
def _locked(staff: UUID) -> Iterator[None]:
    """A transaction as this person, alone with their row."""
    with acting(actor=_actor(staff)):
        StaffMember.objects.select_for_update().get(id=staff)
        yield


def _end(staff: UUID, *, keep: UUID | None) -> None:
    ending = Session.objects.filter(staff_id=staff)
    if keep:  # one without a handle ends too
        ending = ending.filter(~Q(handle=keep) | Q(handle=None))
    ending.delete()


def _added(staff: UUID, *, now: datetime) -> tuple[str, ...]:
    if factors.has_codes(FACTORS, owner=staff):
        return ()
    return factors.renew_codes(FACTORS, owner=staff, now=now)


def _actor(staff: UUID) -> Actor:
    return Actor(name=str(staff), channel=Channel.DESK, purpose="look after sign-in")
