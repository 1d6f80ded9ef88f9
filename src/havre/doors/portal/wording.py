"""What codes of the domains are called on screen, in the reader's language."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Change, ChangeKind, ContractKind, Scheme, Standing
from havre.domains.health.words import Category
from havre.domains.people.words import FamilyLink
from havre.domains.products.queries import FormulaSeen
from havre.domains.products.words import Bilingual
from havre.doors.ui import formats
from havre.foundation.dates import Period


def family_link(link: FamilyLink) -> str:
    return {
        FamilyLink.HOLDER: _("Holder"),
        FamilyLink.SPOUSE: _("Spouse"),
        FamilyLink.PARTNER: _("Partner"),
        FamilyLink.CHILD: _("Child"),
        FamilyLink.PARENT: _("Parent"),
        FamilyLink.OTHER: _("Other relative"),
    }[link]


def category(code: Category | str | None) -> str:
    """A category of expense; none is care that is masked, an unknown one "other care"."""
    if code is None:
        return _("Private care")
    return str(_CATEGORIES.get(code, _OTHER_CARE))


# Each said when it is asked for: a page of reimbursements names a category in every line.
_OTHER_CARE = gettext_lazy("Other care")
_CATEGORIES = {
    "HOSPITAL": gettext_lazy("Hospital"),
    "GENERAL_PRACTITIONER": gettext_lazy("General practitioner"),
    "SPECIALIST": gettext_lazy("Specialists"),
    "NURSING": gettext_lazy("Nursing and physiotherapy"),
    "PHARMACY": gettext_lazy("Pharmacy"),
    "LABORATORY": gettext_lazy("Laboratory and imaging"),
    "OPTICAL": gettext_lazy("Optical"),
    "DENTAL": gettext_lazy("Dental"),
    "MATERNITY": gettext_lazy("Maternity"),
    "MENTAL_HEALTH": gettext_lazy("Mental health"),
    "SEXUAL_HEALTH": gettext_lazy("Sexual and reproductive health"),
    "PREVENTION": gettext_lazy("Prevention and vaccines"),
    "COMPLEMENTARY": gettext_lazy("Complementary medicine"),
    "TRANSPORT": gettext_lazy("Transport"),
}


def guarantee_group(code: str) -> str:
    """The heading under which the guarantees of a category stand in the table."""
    return {
        "HOSPITAL": _("Hospital and transport"),
        "TRANSPORT": _("Hospital and transport"),
        "OPTICAL": _("Optical and dental"),
        "DENTAL": _("Optical and dental"),
        "MATERNITY": _("Maternity and prevention"),
        "PREVENTION": _("Maternity and prevention"),
        "OTHER": _("Other care"),
    }.get(code, _("Everyday care"))


def contract_name(
    contract: ContractSeen, formulas: dict[UUID, FormulaSeen], *, language: str
) -> str:
    """Its own title, else the product and formula, else its number."""
    formula = formulas.get(contract.formula) if contract.formula else None
    if contract.title:
        return contract.title
    if formula:
        return formula.title(language)
    return _("Contract %(number)s") % {"number": contract.number}


def contract_facets(contract: ContractSeen) -> str:
    """``Contrat individuel ESC-2025-04418, zone 3, en complément de la CFE``."""
    kinds = {
        ContractKind.INDIVIDUAL: _("Individual contract %(number)s"),
        ContractKind.COLLECTIVE: _("Group contract %(number)s"),
    }
    parts = [kinds[contract.kind] % {"number": contract.number}]
    if contract.zone is not None:
        parts.append(_("zone %(zone)d") % {"zone": contract.zone})
    if contract.scheme is Scheme.CFE_COMPLEMENT:
        parts.append(_("on top of the CFE"))
    elif contract.scheme is Scheme.FIRST_EURO:
        parts.append(_("from the first euro"))
    return ", ".join(parts)


def contract_kind(kind: ContractKind) -> str:
    return {
        ContractKind.INDIVIDUAL: _("Individual contract"),
        ContractKind.COLLECTIVE: _("Group contract"),
    }[kind]


def scheme(code: Scheme) -> str:
    return {
        Scheme.CFE_COMPLEMENT: _("On top of the Caisse des Français de l’Étranger (CFE)"),
        Scheme.FIRST_EURO: _("From the first euro"),
        Scheme.NOT_STATED: _("Not stated"),
    }[code]


def contract_state(period: Period, standing: Standing) -> tuple[str, str]:
    """A tag: its words and its kind."""
    if standing is Standing.TO_COME:
        return _("From %(day)s") % {"day": _day(period.start)}, "wait"
    if standing is Standing.ENDED:
        return _("Ended on %(day)s") % {"day": _day(period.end)}, ""
    if period.end is not None:
        return _("In force until %(day)s") % {"day": _day(period.end)}, "ok"
    if period.start is not None:
        return _("In force since %(day)s") % {"day": _day(period.start)}, "ok"
    return _("In force"), "ok"


def cover_state(period: Period | None, *, on: date) -> tuple[str, str]:
    """What someone's cover is today: words and the kind of a state."""
    if period is None:
        return _("No cover"), ""
    if period.contains(on):
        return _("Covered"), "ok"
    if period.end is not None and period.end < on:
        return _("Cover ended on %(day)s") % {"day": formats.short_day(period.end)}, ""
    return _("Covered from %(day)s") % {"day": _day(period.start)}, "wait"


def days_of(period: Period) -> str:
    """``depuis le 1er janvier 2025``, ``du 1er janvier 2025 au 31 mars 2026``."""
    if period.end is None:
        return _("since %(day)s") % {"day": _day(period.start)}
    return _("from %(start)s to %(end)s") % {"start": _day(period.start), "end": _day(period.end)}


def option_state(period: Period, *, on: date) -> tuple[str, str]:
    """What an option is that day: words and the kind of a state."""
    if period.contains(on):
        return _("In force"), "ok"
    if period.end is not None and period.end < on:
        return _("Ended"), ""
    return _("To come"), "wait"


def territory(zone: int | None, *, name: str | None) -> str | None:
    """Where a zone covers, by its name where one is published: those of lower number are within it."""
    if zone is None:
        return None
    if name:
        told = {"zone": zone, "name": name}
        if zone == 1:
            return _("Zone %(zone)d: %(name)s") % told
        return _("Zone %(zone)d and those of lower number: %(name)s") % told
    if zone == 1:
        return _("Zone 1: the countries of zone 1 in the general conditions")
    return _("Zone %(zone)d: the countries of zones 1 to %(zone)d in the general conditions") % {
        "zone": zone
    }


def change(
    found: Change,
    formulas: dict[UUID, FormulaSeen],
    *,
    first_name: Callable[[UUID], str],
    language: str,
) -> str:
    """What changed in a contract on a day."""
    subject = found.subject
    match found.kind:
        case ChangeKind.CONTRACT_STARTS:
            return _("The contract takes effect")
        case ChangeKind.CONTRACT_ENDS:
            return _("The contract has ended")
        case ChangeKind.FORMULA:
            formula = formulas.get(subject) if isinstance(subject, UUID) else None
            name = formula.title(language) if formula else _("not stated")
            return _("Formula: %(name)s") % {"name": name}
        case ChangeKind.ZONE:
            return _("Zone: %(zone)s") % {"zone": _("not stated") if subject is None else subject}
        case ChangeKind.SCHEME:
            return scheme(Scheme(str(subject)))
        case ChangeKind.OPTION_STARTS | ChangeKind.OPTION_ENDS:
            name = subject.said_in(language) if isinstance(subject, Bilingual) else ""
            starts = found.kind is ChangeKind.OPTION_STARTS
            return (_("Option taken: %(name)s") if starts else _("Option ended: %(name)s")) % {
                "name": name
            }
        case _:
            name = first_name(subject) if isinstance(subject, UUID) else ""
            starts = found.kind is ChangeKind.COVER_STARTS
            return (_("%(name)s is covered") if starts else _("%(name)s is no longer covered")) % {
                "name": name
            }


def months(first: date, last: date) -> str:
    """``Juin à novembre 2026``, ``June to November 2026``: from one month to another."""
    start = formats.month_name(first) if first.year == last.year else formats.month(first)
    return _("%(first)s to %(last)s") % {"first": start.capitalize(), "last": formats.month(last)}


def _day(day: date | None) -> str:
    return formats.day(day) if day else _("a day not stated")
