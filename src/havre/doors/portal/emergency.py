"""Numbers to call as their pages show them: the words around each, and how it is dialled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from havre.commons.content import queries as content
from havre.commons.content.queries import Published
from havre.commons.content.words.audience import Holding
from havre.commons.content.words.contacts import Contact, Contacts, Hours
from havre.commons.content.words.emergency import Call, Emergency, PublicNumbers
from havre.doors.portal import opening
from havre.doors.portal.shell import operator
from havre.doors.ui import formats
from havre.foundation.phones import read_phone, shown_phone


@dataclass(frozen=True)
class CallShown:
    """``dial`` is what stands behind ``tel:``; ``lines`` are read under the name, the hours among them."""

    name: str
    phone: str
    dial: str
    lines: tuple[str, ...] = ()


def published(today: date) -> Published[Emergency] | None:
    """The numbers in force."""
    return content.in_force(content.EMERGENCY, today=today)


def shown(calls: Iterable[Call], language: str) -> list[CallShown]:
    """The numbers of the house, in the order of needs."""
    return [_call(one, language) for one in calls]


def public_shown(numbers: PublicNumbers | None) -> list[CallShown]:
    """What anybody dials in a country, the ambulance first."""
    if numbers is None:
        return []
    pairs = (
        (_("Life in danger"), numbers.ambulance, _("Ambulance, free call")),
        (_("Police"), numbers.police, ""),
        (_("Fire service"), numbers.fire, ""),
    )
    return [
        CallShown(name, number, number, (line,) if line else ())
        for name, number, line in pairs
        if number
    ]


def contacts(today: date) -> Published[Contacts] | None:
    """Whom to ask, among them those who manage contracts."""
    return content.in_force(content.CONTACTS, today=today)


def managers(
    contacts: Published[Contacts] | None, language: str, holdings: Iterable[Holding] | None
) -> list[CallShown]:
    """Who manages the reader's contracts; of everybody's where ``holdings`` is none (W36)."""
    listed = contacts.document.contacts if contacts else ()
    held = None if holdings is None else list(holdings)
    found = [
        CallShown(one.name.said_in(language), one.phone, _dialled(one.phone), _hours(one.hours))
        for one in listed
        if _manages(one, held)
    ]
    return found or _operator(language)


def _call(call: Call, language: str) -> CallShown:
    number = call.number
    note = (number.note.said_in(language),) if number.note else ()
    return CallShown(
        name=call.need.name.said_in(language),
        phone=shown_phone(number.phone),
        dial=read_phone(number.phone, country=None),
        lines=(call.need.about.said_in(language), *_hours(number.hours, always=True), *note),
    )


def _hours(hours: Hours | None, *, always: bool = False) -> tuple[str, ...]:
    if hours is None or not hours.week:
        return (_("Day and night."),) if always else ()
    *first, last = opening.week(hours)
    return (*first, f"{last}, {formats.zone_time(hours.zone)}.")


def _manages(contact: Contact, held: list[Holding] | None) -> bool:
    if contact.role != "management" or not contact.phone:
        return False
    return held is None or contact.audience.concerns(held)


def _operator(language: str) -> list[CallShown]:
    house = operator(language)
    if not house.phone:
        return []
    lines = (house.hours,) if house.hours else ()
    return [CallShown(house.name, house.phone, house.dial, lines)]


def _dialled(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
