"""Contracts: the list, and one with its options, beneficiaries and guarantees."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.audit import actions as audit
from havre.commons.audit.words import Datum
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing
from havre.domains.people import queries as people
from havre.domains.people.access import may_reveal_nir
from havre.domains.people.queries import PersonSeen
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.foundation.identifiers import format_nir, mask_nir

_ORDER = (Standing.IN_FORCE, Standing.TO_COME, Standing.ENDED)


@dataclass(frozen=True)
class Beneficiary:
    """A row of the table of people covered. ``nir`` is masked unless it was asked for."""

    person: PersonSeen
    link: str
    cover: str
    nir: str | None


@require_safe
@member_page
def contracts(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Every contract: in force first, then to come, then ended (W22)."""
    family = Family(viewer)
    found = contracts_seen.contracts_of(household=viewer.account.household)
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
def contract(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """One contract, with numbers masked (W22, W23)."""
    return _page(viewer, _own(viewer, id), reveal=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def reveal_nirs(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """The same with the numbers that this reader may see whole; that they were shown is recorded."""
    if request.method != "POST":  # the other language's link, or the address typed again
        return redirect("portal:contract", id=id)
    return _page(viewer, _own(viewer, id), reveal=True)


def _own(viewer: Viewer, id: UUID) -> ContractSeen:  # noqa: A002
    found = contracts_seen.contract_of(household=viewer.account.household, contract=id)
    if found is None:
        raise Http404
    return found


def _page(viewer: Viewer, found: ContractSeen, *, reveal: bool) -> Page:
    family = Family(viewer)
    formula = products.formula_with_guarantees(id=found.formula)
    parties = people.party_names(ids=(found.employer, found.intermediary))
    formulas = {formula.id: formula} if formula else {}
    standing = found.standing(on=viewer.today)
    values = {
        "contract": found,
        "name": wording.contract_name(found, formulas, language=viewer.language),
        "facets": wording.contract_facets(found),
        "state": wording.contract_state(found.period, standing),
        "kind": wording.contract_kind(found.kind),
        "scheme": wording.scheme(found.scheme),
        "employer": parties.get(found.employer) if found.employer else None,
        "intermediary": parties.get(found.intermediary) if found.intermediary else None,
        "beneficiaries": _beneficiaries(family, found, reveal=reveal),
        "can_reveal": not reveal
        and any(_may_reveal(family, one) for one in _covered(family, found)),
        "revealed": reveal,
        "guarantees": _guarantees(formula, viewer.language) if formula else [],
    }
    return Page("portal/contract.jinja", values, rubric="contracts")


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


def _beneficiaries(family: Family, found: ContractSeen, *, reveal: bool) -> list[Beneficiary]:
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
    return [
        Beneficiary(
            person=person,
            link=wording.family_link(person.link),
            cover=_cover(found, person, family.viewer),
            nir=_nir(nirs.get(person.id), whole=person.id in shown),
        )
        for person in covered
    ]


def _cover(found: ContractSeen, person: PersonSeen, viewer: Viewer) -> str:
    period = found.cover_of(person.id, on=viewer.today)
    return wording.days_of(period) if period else ""


def _nir(nir: str | None, *, whole: bool) -> str | None:
    if nir is None:
        return None
    return format_nir(nir) if whole else mask_nir(nir)


def _guarantees(formula: FormulaSeen, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The guarantee table under a few headings, otherwise in the order of the product."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in formula.guarantees:
        shown = (row.label.said_in(language), row.text.said_in(language))
        groups.setdefault(wording.guarantee_group(row.category), []).append(shown)
    return list(groups.items())
