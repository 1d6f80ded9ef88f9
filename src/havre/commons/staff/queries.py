"""Everything that reads who works here. The desk's own user may, and the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from havre.commons.accounts.queries import SessionSeen
from havre.commons.staff.access import FACTORS, matrix
from havre.commons.staff.models import (
    CodeApp,
    Invitation,
    Passkey,
    Session,
    StaffMember,
    email_place,
)
from havre.commons.staff.rules.roles import permissions_of
from havre.commons.staff.words import Permission, Scope, StaffRole, StaffState
from havre.foundation.crypto import vault
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.addresses import address_key
from havre.foundation.signing_in.passkeys import Challenge, Site
from havre.foundation.signing_in.words import AppBegun, FactorsSeen

LISTED = 50


@dataclass(frozen=True)
class StaffSeen:
    """Somebody who works here, and what they may do. ``has_factor``: a second one is in place."""

    id: UUID
    first_name: str
    last_name: str
    language: str
    roles: tuple[StaffRole, ...]
    permissions: frozenset[Permission]
    scope: Scope
    state: StaffState
    has_factor: bool
    invited_at: datetime
    signed_in_at: datetime | None
    ended_on: date | None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def may(self, permission: Permission | str) -> bool:
        return permission in self.permissions


@dataclass(frozen=True)
class InvitationSeen:
    """An invitation that can still be taken: whose, and their names for the password rules."""

    id: UUID
    staff: UUID
    first_name: str
    last_name: str
    email: str


def seen(*, staff: UUID) -> StaffSeen | None:
    """Somebody who works here, in one statement."""
    row = _rows().filter(id=staff).first()
    return _seen(row) if row else None


def everybody() -> list[StaffSeen]:
    """All who work or worked here: those who do first, by name. One statement."""
    found = [_seen(row) for row in _rows()]
    return sorted(
        found, key=lambda one: (one.state is StaffState.ENDED, one.last_name, one.first_name)
    )


def working(*, permission: Permission) -> list[StaffSeen]:
    """Those who work here and may do this, by name: to assign something to."""
    return [one for one in everybody() if one.state is StaffState.ACTIVE and one.may(permission)]


def names_of(*, staff: Sequence[UUID]) -> dict[UUID, str]:
    """Full names by id. One statement; any role of the desk may ask."""
    rows = StaffMember.objects.filter(id__in=staff).values_list("id", "first_name", "last_name")
    return {row_id: f"{first} {last}" for row_id, first, last in rows}


def names_at_work(*, permission: Permission) -> dict[UUID, str]:
    """Full names by id of those who work here and may do this, by name. One statement; any role of the
    desk may ask."""
    rows = StaffMember.objects.filter(state=StaffState.ACTIVE)
    return {
        row_id: f"{first} {last}"
        for row_id, first, last, roles in rows.order_by(
            "last_name", "first_name", "id"
        ).values_list("id", "first_name", "last_name", "roles")
        if permission in permissions_of(map(StaffRole, roles), matrix())
    }


def email_of(*, staff: UUID) -> str:
    """The address somebody signs in with."""
    sealed = StaffMember.objects.values_list("email", flat=True).get(id=staff)
    return vault().open(bytes(sealed), place=email_place(staff))


def by_email(*, email: str) -> UUID:
    """Who signs in with this address; an id of nobody where nobody does."""
    index = vault().blind(address_key(email), purpose="staff email")
    found = StaffMember.objects.filter(email_index=index).values_list("id", flat=True).first()
    return found or UUID(int=0)


def invitation(*, id: UUID, now: datetime) -> InvitationSeen | None:  # noqa: A002  # of the address
    """The invitation, where it can still be taken."""
    row = (
        Invitation.objects.filter(id=id, used_at=None, expires_at__gt=now)
        .exclude(staff__state=StaffState.ENDED)
        .select_related("staff")
        .first()
    )
    if row is None:
        return None
    email = vault().open(bytes(row.staff.email), place=email_place(row.staff_id))
    return InvitationSeen(row.id, row.staff_id, row.staff.first_name, row.staff.last_name, email)


def factors_of(*, staff: UUID) -> FactorsSeen:
    """Passkeys, the oldest first, then the app. Three statements."""
    return factors.factors_of(FACTORS, owner=staff)


def app_begun(*, staff: UUID, house: str) -> AppBegun | None:
    """The app that is being set up; none where none is."""
    return factors.app_begun(FACTORS, owner=staff, shown=email_of(staff=staff), house=house)


def new_passkey_challenge(*, site: Site, staff: UUID, name: str) -> Challenge:
    """Ask a device for a new passkey."""
    return factors.new_passkey_challenge(
        FACTORS, site=site, owner=staff, shown=email_of(staff=staff), name=name
    )


def passkey_challenge(*, site: Site, staff: UUID | None) -> Challenge:
    """Ask for a passkey of ``staff``, or for anybody's where none is named."""
    return factors.passkey_challenge(FACTORS, site=site, owner=staff)


def sessions_of(*, staff: UUID, now: datetime) -> list[SessionSeen]:
    """The sessions that go on, the last used first."""
    rows = Session.objects.filter(staff_id=staff, handle__isnull=False, expire_date__gt=now)
    names = ("handle", "browser", "system", "began_at", "used_at", "zone")
    return [
        SessionSeen(*row)
        for row in rows.order_by("-used_at", "handle").values_list(*names)[:LISTED]
    ]


def _rows() -> QuerySet[StaffMember, Any]:
    passkeys = Passkey.objects.filter(staff_id=OuterRef("id"))
    apps = CodeApp.objects.filter(staff_id=OuterRef("id"), added_at__isnull=False)
    return StaffMember.objects.annotate(has_factor=Exists(passkeys) | Exists(apps))


def _seen(row: Any) -> StaffSeen:
    roles = tuple(StaffRole(role) for role in row.roles)
    return StaffSeen(
        id=row.id,
        first_name=row.first_name,
        last_name=row.last_name,
        language=row.language,
        roles=roles,
        permissions=permissions_of(roles, matrix()),
        scope=Scope(
            frozenset(row.products),
            frozenset(map(UUID, row.employers)),
            frozenset(map(UUID, row.intermediaries)),
        ),
        state=StaffState(row.state),
        has_factor=row.has_factor,
        invited_at=row.invited_at,
        signed_in_at=row.signed_in_at,
        ended_on=row.ended_on,
    )
