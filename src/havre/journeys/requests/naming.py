"""Words that several kinds of request say alike."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency
from django.utils import translation
from django.utils.translation import gettext as _

from havre.domains.people.words import FamilyLink, Origin
from havre.foundation.db import Channel
from havre.foundation.money import Money
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import Option, Paper

_ORIGINS = {
    Channel.ONLINE: Origin.ONLINE,
    Channel.PHONE: Origin.PHONE,
}


def link_name(link: FamilyLink) -> str:
    """What a person is to the holder."""
    return {
        FamilyLink.HOLDER: _("Policyholder"),
        FamilyLink.SPOUSE: _("Spouse"),
        FamilyLink.PARTNER: _("Partner"),
        FamilyLink.CHILD: _("Child"),
        FamilyLink.PARENT: _("Parent"),
        FamilyLink.OTHER: _("Other relative"),
    }[link]


def origin_of(channel: Channel) -> Origin:
    """Where a value that a request brought came from."""
    return _ORIGINS.get(channel, Origin.DESK)


def in_full(day: date) -> str:
    """A day as a sentence writes it."""
    language = translation.get_language() or "fr"
    return format_date(day, "d MMMM yyyy", locale=language)


def money(amount: Money) -> str:
    """An amount as a sentence writes it: euros by their sign, other currencies by their code."""
    french = (translation.get_language() or "fr") == "fr"
    pattern = None
    if amount.currency != "EUR":
        pattern = "#,##0.00\N{NO-BREAK SPACE}¤¤" if french else "¤¤\N{NO-BREAK SPACE}#,##0.00"
    locale = "fr" if french else "en_GB"
    written = format_currency(amount.amount, amount.currency, format=pattern, locale=locale)
    return written.replace("\u202f", "\N{NO-BREAK SPACE}")


def people_options(facts: Facts, *, only_mine: bool = True) -> tuple[Option, ...]:
    """People of the household to choose from: those the requester may ask for, or all that are shown."""
    people = facts.mine() if only_mine else facts.people
    return tuple(Option(str(one.id), one.full_name) for one in people)


def contract_options(facts: Facts) -> tuple[Option, ...]:
    """The contracts in force, by title and number."""
    return tuple(
        Option(
            str(one.id), title_of(facts, str(one.id)), _("No. %(number)s") % {"number": one.number}
        )
        for one in facts.in_force()
    )


def title_of(facts: Facts, contract: str) -> str:
    """A contract by the name of its formula, else its own title, else its number."""
    found = facts.contract(contract)
    if found is None:
        return ""
    formula = facts.formulas.get(found.formula) if found.formula else None
    language = translation.get_language() or "fr"
    return (formula.title(language) if formula else found.title) or found.number


def identity_paper() -> Paper:
    """A proof of who asks."""
    return Paper(
        code="identity",
        label=_("Proof of identity"),
        hint=_("Passport or identity card, both sides"),
        why=_("So that nobody else can change it. The copy is deleted once it was checked."),
    )
