"""The demo's staff: one person a role, invited and set up as anybody is, each with an app for codes."""

from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.conf import settings

from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.commons.staff.words import Scope, StaffRole
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Actor, Channel
from havre.project.demo.accounts import StaffAccount

_BY = Actor(name="command:demo", channel=Channel.COMMAND, purpose="make the demo's staff")
_HOUSE = "assurances-du-large.example"


@dataclass(frozen=True)
class _Person:
    first_name: str
    last_name: str
    role: StaffRole
    language: str = "fr"

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@{_HOUSE}".replace("é", "e").replace("ï", "i")


PEOPLE = (
    _Person("Nadia", "Ferrand", StaffRole.AGENT),
    _Person("Hugo", "Lemoine", StaffRole.HEALTH_AGENT),
    _Person("Odile", "Vasseur", StaffRole.MEDICAL_ADVISER),
    _Person("Sylvie", "Arnaud", StaffRole.SUPERVISOR),
    _Person("Martin", "Keller", StaffRole.EDITOR),
    _Person("Joanna", "Blake", StaffRole.ADVISER, "en"),
    _Person("Denis", "Roux", StaffRole.DATA_PROTECTION_OFFICER),
    _Person("Anne", "Tessier", StaffRole.ADMINISTRATOR),
)


def install(*, password: str, now: datetime) -> tuple[StaffAccount, ...]:
    """Invite them all and finish their first sign-in. Be the desk's user of the database."""
    return tuple(_installed(one, password=password, now=now) for one in PEOPLE)


def _installed(person: _Person, *, password: str, now: datetime) -> StaffAccount:
    invited = staff.invite(
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        roles=(person.role,),
        scope=Scope(),
        language=person.language,
        by=_BY,
        now=now,
    )
    who = staff.accept(
        invitation=invited.invitation,
        code=provisional_secret(provisional_key(), invited.invitation),
        password=password,
        address="127.0.0.1",
        now=now,
    )
    staff.begin_app(staff=who, now=now)
    begun = staff_seen.app_begun(staff=who, house=settings.HAVRE.OPERATOR_NAME)
    if begun is None:
        raise RuntimeError("the app that was begun is not there")
    staff.finish_app(staff=who, code=pyotp.TOTP(begun.secret).at(now), now=now)
    return StaffAccount(person.role.value, person.email, password, begun.secret)
