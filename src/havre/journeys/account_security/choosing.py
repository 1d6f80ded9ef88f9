"""Who chooses a password: what it may not be made of, and who is told."""

from dataclasses import dataclass
from uuid import UUID

from havre.commons.accounts.actions import KnownAddress
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting

_BIRTH_DATES = ("%d%m%Y", "%Y%m%d", "%m%d%Y", "%d%m%y", "%y%m%d", "%Y")


@dataclass(frozen=True)
class Chooser:
    """``about``: their names, number and birth date; ``tell``: the address on file."""

    about: tuple[str, ...]
    tell: KnownAddress


def chooser(*, household: UUID, membership: UUID) -> Chooser:
    """The one who chooses. Enters the guard of the household itself."""
    actor = Actor(name=str(membership), channel=Channel.ONLINE, purpose="choose a password")
    with acting(actor=actor, role=Role.MEMBER, household=household):
        person = people.person_of(household=household, membership=membership)
    if person is None:
        return Chooser((), KnownAddress(None, ""))
    local = (person.email or "").partition("@")[0]
    born = [f"{person.birth_date:{form}}" for form in _BIRTH_DATES] if person.birth_date else []
    names = (person.family_name, person.first_name, person.adherent_number or "", local)
    return Chooser((*names, *born), KnownAddress(person.email, person.language))
