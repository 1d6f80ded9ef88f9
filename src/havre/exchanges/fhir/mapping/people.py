"""Patient → Person: each is the holder of a household of their own."""

from datetime import date

from msgspec import UNSET, UnsetType

from havre.exchanges.fhir.mapping.values import Unreadable, country, cut, day
from havre.exchanges.fhir.resources import HumanName, Patient, PostalAddress
from havre.journeys.loading.records import Address, Language, Person

_NAME_USES = ("official", "usual", None)
_FORMER = ("old", "maiden", "nickname", "anonymous")
_MOST_LINES = 4


def person(patient: Patient, *, source: str, number_system: str | None, today: date) -> Person:
    """The person as the patient resource states them; what it does not state is left out.

    No identifier of these dialects is a NIR: ``us-ssn`` looks like one and never is. Refuses
    ``Unreadable`` a patient without family or first name, and a birth or a death after ``today``.
    """
    name = _name_in_use(patient)
    if not name.family:
        raise Unreadable("name.family", "is required")
    if not any(name.given):
        raise Unreadable("name.given", "is required")
    return Person(
        source=source,
        external_id=patient.id,
        household=patient.id,
        family_name=cut(name.family),
        first_name=cut(" ".join(filter(None, name.given))),
        link="HOLDER",
        birth_date=_birth_date(patient, today),
        adherent_number=_number(patient, number_system) or UNSET,
        email=_contact(patient, "email"),
        phone=_contact(patient, "phone"),
        address=_address(patient),
        language=_language(patient),
        deceased_on=_deceased_on(patient, today),
    )


def home_country(patient: Patient) -> str | None:
    """Where the patient lives, which stands for the country of care that nothing states."""
    return next(filter(None, map(country, patient.address)), None)


def _name_in_use(patient: Patient) -> HumanName:
    by_use = {name.use: name for name in reversed(patient.name)}
    preferred = (by_use[use] for use in _NAME_USES if use in by_use)
    others = (name for name in patient.name if name.use not in _FORMER)
    return next(preferred, None) or next(others, patient.name[0])


def _number(patient: Patient, system: str | None) -> str | None:
    """The adherent number: the identifier of the system that the operator named."""
    numbers = (one.value for one in patient.identifier if system and one.system == system)
    return next(filter(None, numbers), None)


def _birth_date(patient: Patient, today: date) -> date | None:
    """A birth known to the month or the year only is no birth date of ours."""
    if patient.birth_date is None or len(patient.birth_date) in (4, 7):
        return None
    return _not_after(today, day(patient.birth_date, "birthDate"), "birthDate")


def _deceased_on(patient: Patient, today: date) -> date | UnsetType:
    """The day of death, which closes the way to an account, so that it is never left open.

    A death known to the month or the year gives its first day. A death without any date gives the day
    the resource was last changed, else ``today``.
    """
    stated = patient.deceased_date_time
    if stated is not None:
        first = stated + "-01-01"[len(stated) - 4 :] if len(stated) in (4, 7) else stated
        return _not_after(today, day(first, "deceasedDateTime"), "deceasedDateTime")
    if not patient.deceased_boolean:
        return UNSET
    changed = patient.meta.last_updated
    return day(changed, "meta.lastUpdated") if changed else today


def _not_after(today: date, stated: date, field: str) -> date:
    if stated > today:
        raise Unreadable(field, "is in the future")
    return stated


def _contact(patient: Patient, system: str) -> str | UnsetType:
    """The contact point of that kind that the patient prefers."""
    stated = [one for one in patient.telecom if one.system == system and one.value]
    return min(stated, key=lambda one: one.rank).value or UNSET if stated else UNSET


def _address(patient: Patient) -> Address | UnsetType:
    """The first address in use that says street, town and country; half an address reaches nobody."""
    current = (one for one in patient.address if one.use != "old")
    return next(filter(None, map(_whole_address, current)), UNSET)


def _whole_address(address: PostalAddress) -> Address | None:
    where, lines = country(address), [line for line in address.line if line]
    if not (where and lines and address.city):
        return None
    # One line too many joins the last, so that nothing of the address is lost.
    kept = [*lines[: _MOST_LINES - 1], ", ".join(lines[_MOST_LINES - 1 :])]
    return Address(
        lines=tuple(cut(line) for line in kept if line),
        city=cut(address.city),
        country=where,
        postal_code=address.postal_code or None,
    )


def _language(patient: Patient) -> Language | UnsetType:
    """French or English where the patient speaks one of them, the preferred language first."""
    for spoken in sorted(patient.communication, key=lambda one: not one.preferred):
        for tag in spoken.language.codes:
            match tag.split("-")[0].lower():
                case "fr":
                    return "fr"
                case "en":
                    return "en"
    return UNSET
