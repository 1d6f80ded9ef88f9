"""The first page of a member: what waits, who is covered, what was reimbursed."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.commons.cases import queries as cases
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing
from havre.domains.health import queries as health
from havre.domains.health.queries import MonthsReimbursed
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui import charts, formats
from havre.foundation.dates import age_on
from havre.foundation.money import Money

ENDING_SOON = timedelta(days=60)
LATEST = 3
LATELY_OF_AGE = timedelta(days=60)
_REMEMBERED_SECONDS = 60


@dataclass(frozen=True)
class Chart:
    """Six months in one currency: columns, the sentence that says them, the exact figures."""

    currency: str
    total: Money
    period: str
    columns: tuple[charts.Bar, ...]
    sentence: str
    figures: tuple[tuple[str, str], ...]


@require_safe
@member_page
def home(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Eight statements at most, whatever the household holds."""
    family = Family(viewer)
    contracts = family.contracts(contracts_seen.contracts_of(household=viewer.account.household))
    reader = family.care_reader()
    values = {
        "family": family,
        "me": family.reader,
        "last": viewer.account.previous_sign_in,
        "offer": not viewer.account.factors_answered,
        "email_refused": viewer.account.email_refused,
        "access_ends_on": viewer.account.access_ends_on,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "of_age": _of_age(family),
        "waiting": _waiting(family, contracts),
        "requests": cases.waiting(
            household=viewer.account.household, membership=viewer.account.membership
        ),
        "covered": [_covered(person, family, contracts) for person in family.people],
        "contracts": _contracts(viewer, contracts),
        "charts": [
            _chart(months)
            for months in health.reimbursed_by_month(reader=reader, today=viewer.today)
        ],
        "transfers": health.latest_transfers(reader=reader, size=LATEST),
    }
    return Page("portal/home.jinja", values, rubric="home")


def _of_age(family: Family) -> list[PersonSeen]:
    """Who came of age lately: the reader themself or, to the holder, anyone of the household."""
    me, then = family.reader, family.viewer.today - LATELY_OF_AGE
    majority = settings.HAVRE.MAJORITY_AGE
    holds = me is not None and me.link is FamilyLink.HOLDER
    return [
        one
        for one in family.people
        if (holds or one is me)
        and one.birth_date is not None
        and family.is_adult(one)
        and not one.is_adult(on=then, majority=majority)
    ]


def _waiting(family: Family, contracts: list[ContractSeen]) -> list[tuple[str, str]]:
    """Covers that end soon with nothing known after: whose, and when."""
    today = family.viewer.today
    ending = contracts_seen.covers_ending(contracts, on=today, until=today + ENDING_SOON)
    return [(family.first_names(ids), formats.day(last)) for last, ids in ending.items()]


def _covered(
    person: PersonSeen, family: Family, contracts: list[ContractSeen]
) -> tuple[PersonSeen, str, tuple[str, str]]:
    today = family.viewer.today
    link = _("You") if family.is_reader(person.id) else wording.family_link(person.link)
    if person.birth_date and person.birth_date <= today and not family.is_adult(person):
        link = _("%(link)s, aged %(age)d") % {"link": link, "age": age_on(person.birth_date, today)}
    period = contracts_seen.standing_of(person.id, contracts, on=today)
    return person, link, wording.cover_state(period, on=today)


def _contracts(
    viewer: Viewer, contracts: list[ContractSeen]
) -> list[tuple[ContractSeen, str, tuple[str, str]]]:
    ids = frozenset(contract.formula for contract in contracts if contract.formula)
    formulas = _formulas(ids, int(viewer.now.timestamp()) // _REMEMBERED_SECONDS)
    shown = []
    for contract in contracts:
        standing = contract.standing(on=viewer.today)
        if standing is not Standing.ENDED:
            name = wording.contract_name(contract, formulas, language=viewer.language)
            shown.append((contract, name, wording.contract_state(contract.period, standing)))
    return shown


@lru_cache(maxsize=256)
def _formulas(ids: frozenset[UUID], _minute: int) -> dict[UUID, FormulaSeen]:
    """What a process read lately of what is sold: their names, which change with a new price list."""
    return products.formulas(ids=ids)


def _chart(months: MonthsReimbursed) -> Chart:
    firsts = [first for first, _amount in months.months]
    amounts = [amount for _first, amount in months.months]
    highest = max(months.months, key=lambda month: month[1].amount)
    return Chart(
        currency=months.currency,
        total=months.total,
        period=_("%(months)s, for the whole household")
        % {"months": wording.months(firsts[0], firsts[-1])},
        columns=charts.bars(
            [amount.amount for amount in amounts],
            captions=[formats.short_month(first) for first in firsts],
            labels=[formats.brief_money(amount) for amount in amounts],
        ),
        sentence=_("The highest month is %(month)s, with %(amount)s.")
        % {"month": formats.month_name(highest[0]), "amount": formats.money(highest[1])},
        figures=tuple(
            (formats.month(first), formats.money(amount)) for first, amount in months.months
        ),
    )
