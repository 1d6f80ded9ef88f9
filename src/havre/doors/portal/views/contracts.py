"""Contracts: the list, and one as of any day with its options, beneficiaries, guarantees and history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.audit import actions as audit
from havre.commons.audit.words import Datum
from havre.commons.content import queries as content
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing, Withheld
from havre.domains.people import queries as people
from havre.domains.people.access import may_reveal_nir
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
from havre.doors.portal import conditions, guarantees, wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui import fields
from havre.doors.ui.addresses import url
from havre.doors.ui.forms import Form
from havre.doors.ui.shell import NavItem
from havre.foundation.identifiers import format_nir, mask_nir

_ORDER = (Standing.IN_FORCE, Standing.TO_COME, Standing.ENDED)


@dataclass(frozen=True)
class Beneficiary:
    """A row of the table of people covered. ``nir`` is masked unless it was asked for."""

    person: PersonSeen
    link: str
    entry: date | None
    exit: date | None
    state: tuple[str, str]
    nir: str | None


class AsOf(Form):
    """The day as of which the contract is shown, and the category of guarantees."""

    day = fields.DayField(label=gettext_lazy("As of"), required=False, help_text="")
    category = forms.ChoiceField(label=gettext_lazy("Guarantees"), required=False)

    def __init__(self, *args: Any, categories: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext_lazy("All"))]
        self.fields["category"].choices = [*every, *categories]  # type: ignore[attr-defined]


@require_safe
@member_page
def contracts(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Every contract: in force first, then to come, then ended (W22)."""
    family = Family(viewer)
    found = family.contracts(contracts_seen.contracts_of(household=viewer.account.household))
    formulas = products.formulas(ids=(contract.formula for contract in found))
    found.sort(key=lambda contract: _ORDER.index(contract.standing(on=viewer.today)))
    values = {
        "family": family,
        "contracts": [
            {
                "contract": contract,
                "name": wording.contract_name(contract, formulas, language=viewer.language),
                "facets": wording.contract_facets(contract),
                "state": wording.contract_state(
                    contract.period, contract.standing(on=viewer.today)
                ),
                "people": family.first_names(contract.people()),
            }
            for contract in found
        ],
    }
    return Page("portal/contracts.jinja", values, rubric="contracts")


@require_safe
@member_page
def contract(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """One contract as of a day, with numbers masked (W22, W23)."""
    return _page(viewer, _own(viewer, id), request.GET, reveal=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def reveal_nirs(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """The same with the numbers that this reader may see whole; that they were shown is recorded."""
    if request.method != "POST":  # the other language's link, or the address typed again
        return redirect("portal:contract", id=id)
    return _page(viewer, _own(viewer, id), QueryDict(), reveal=True)


def _own(viewer: Viewer, id: UUID) -> ContractSeen:  # noqa: A002
    found = contracts_seen.contract_of(household=viewer.account.household, contract=id)
    if found is None:
        raise Http404
    return found


def _page(viewer: Viewer, current: ContractSeen, asked: QueryDict, *, reveal: bool) -> Page:
    """Eight statements, whatever the contract holds."""
    family = Family(viewer)
    if not (shown := family.contracts([current])):
        raise Http404
    (current,) = shown
    formulas = products.formulas_with_guarantees(ids=current.formulas())
    form, day = _as_of(asked, formulas, today=viewer.today)
    found = current.as_of(day)
    formula = formulas.get(found.formula) if found.formula else None
    values = {
        "contract": found,
        "day": day,
        "is_today": day == viewer.today,
        "as_of": form,
        "name": wording.contract_name(found, formulas, language=viewer.language),
        "facets": wording.contract_facets(found),
        "state": wording.contract_state(found.period, found.standing(on=day)),
        "formula": formula.title(viewer.language) if formula else None,
        "kind": wording.contract_kind(found.kind),
        "scheme": wording.scheme(found.scheme),
        **_territory(viewer, found),
        "general_conditions": conditions.general_conditions(
            formula, on=day, today=viewer.today, language=viewer.language
        ),
        "employer": found.employer_name,
        "intermediary": found.intermediary_name,
        "options": [
            (option, wording.option_state(option.period, on=day)) for option in found.options
        ],
        "beneficiaries": _beneficiaries(family, found, reveal=reveal, on=day),
        "can_reveal": not reveal
        and any(_may_reveal(family, one) for one in _covered(family, found)),
        "revealed": reveal,
        **_guarantees(family, found, formula, asked, form, day),
        "history": _history(current, family, formulas),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return Page("portal/contract.jinja", values, rubric="contracts", status=status)


def _territory(viewer: Viewer, found: ContractSeen) -> dict[str, object]:
    """Where the contract covers, in a line, and the countries of each zone."""
    where = content.zones(today=viewer.today)
    zones = conditions.zones_shown(where, found.zone, language=viewer.language)
    name = zones[0].name if zones else None
    return {"territory": wording.territory(found.zone, name=name), "zones": zones}


def _as_of(
    asked: QueryDict, formulas: dict[UUID, FormulaSeen], *, today: date
) -> tuple[AsOf, date]:
    """The form as it was sent, and the day it asks for: today's where it asks for none."""
    codes = dict.fromkeys(
        row.category for formula in formulas.values() for row in formula.guarantees
    )
    categories = [(code, wording.category(code)) for code in codes]
    bound = asked if {"day", "category"} & asked.keys() else None
    form = AsOf(bound, categories=categories, initial={"day": today})
    day = form.cleaned_data.get("day") if form.is_valid() else None
    return form, day or today


def _guarantees(
    family: Family,
    found: ContractSeen,
    formula: FormulaSeen | None,
    asked: QueryDict,
    form: AsOf,
    day: date,
) -> dict[str, object]:
    """The table of one of the people covered, and the way to those of the others."""
    covered = _covered(family, found)
    withheld = family.withholds(found.id, Withheld.GUARANTEE_TABLE)
    if withheld or formula is None or not formula.guarantees:
        return {"table": None, "people": (), "withheld": withheld}
    chosen = _chosen(family, covered, asked)
    reader = family.reader
    told = guarantees.Told(
        contract=found,
        formula=formula,
        person=chosen,
        reader=family.care_reader(),
        tells_left=not family.withholds(found.id, Withheld.LINE_GUARANTEE),
        holds=reader is not None and reader.link is FamilyLink.HOLDER,
        on=day,
        language=family.viewer.language,
    )
    category = form.cleaned_data.get("category", "") if form.is_valid() else ""
    return {
        "withheld": False,
        "table": guarantees.table(told, category=category),
        "people": _people_tabs(told, covered, today=family.viewer.today),
    }


def _people_tabs(
    told: guarantees.Told, covered: list[PersonSeen], *, today: date
) -> tuple[NavItem, ...]:
    """The way to the table of each of the people covered, as of the same day."""
    kept = {"day": told.on.isoformat()} if told.on != today else {}
    visible = told.reader.visible()
    address = url("portal:contract", id=told.contract.id)
    return tuple(
        NavItem(
            one.first_name,
            f"{address}?{urlencode({**kept, 'person': one.id})}#table",
            "" if one.id in visible else "lock",
            current=one == told.person,
        )
        for one in covered
    )


def _chosen(family: Family, covered: list[PersonSeen], asked: QueryDict) -> PersonSeen | None:
    """Who is asked for, who must be covered; else the reader, else the first."""
    if "person" in asked:
        named = [one for one in covered if str(one.id) == asked["person"]]
        if not named:
            raise Http404
        return named[0]
    own = [one for one in covered if family.is_reader(one.id)]
    return next(iter([*own, *covered]), None)


def _history(
    current: ContractSeen, family: Family, formulas: dict[UUID, FormulaSeen]
) -> list[tuple[date, str, list[str]]]:
    """What changed on which day, the newest first, with the address of the contract as of that day."""
    days: dict[date, list[str]] = {}
    for change in current.changes():
        said = wording.change(
            change, formulas, first_name=family.first_name, language=family.viewer.language
        )
        if said not in days.setdefault(change.day, []):
            days[change.day].append(said)
    address = url("portal:contract", id=current.id)
    return [(day, f"{address}?day={day.isoformat()}", said) for day, said in days.items()]


def _covered(family: Family, found: ContractSeen) -> list[PersonSeen]:
    covered = found.people()
    return [person for person in family.people if person.id in covered]


def _may_reveal(family: Family, person: PersonSeen) -> bool:
    reader = family.reader
    return (
        reader is not None
        and person.has_nir
        and may_reveal_nir(
            link=reader.link, own=person.id == reader.id, adult=family.is_adult(person)
        )
    )


def _beneficiaries(
    family: Family, found: ContractSeen, *, reveal: bool, on: date
) -> list[Beneficiary]:
    covered = _covered(family, found)
    shown = {person.id for person in covered if reveal and _may_reveal(family, person)}
    account = family.viewer.account
    nirs = people.nirs_of(household=account.household, people=[person.id for person in covered])
    if shown:
        audit.record_reading(
            household=account.household,
            account=account.id,
            people=sorted(shown),
            datum=Datum.NIR,
            purpose="shown on the contract's page",
        )
    rows = []
    for person in covered:
        period = found.cover_of(person.id, on=on)
        rows.append(
            Beneficiary(
                person=person,
                link=wording.family_link(person.link),
                entry=period.start if period else None,
                exit=period.end if period else None,
                state=wording.cover_state(period, on=on),
                nir=_nir(nirs.get(person.id), whole=person.id in shown),
            )
        )
    return rows


def _nir(nir: str | None, *, whole: bool) -> str | None:
    if nir is None:
        return None
    return format_nir(nir) if whole else mask_nir(nir)
