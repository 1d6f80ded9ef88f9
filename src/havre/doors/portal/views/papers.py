"""The member card, on screen and as files, and the conditions of a contract: general and particular."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import condition, require_safe

from havre.commons.accounts.words import Step
from havre.commons.content import queries as content
from havre.commons.content.queries import FileSeen
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.words import Withheld
from havre.domains.products import queries as products
from havre.doors.portal import emergency as numbers
from havre.doors.portal.conditions import conditions_file
from havre.doors.portal.handing_out import handed_out, tag_of
from havre.doors.portal.household import Family
from havre.doors.portal.offline import versioned
from havre.doors.portal.page import Made, Page, Viewer, inside, member_page, step_page
from havre.doors.ui import fields
from havre.doors.ui.forms import Form
from havre.foundation.pdf import UnprintableText
from havre.foundation.phones import shown_phone
from havre.journeys.contract_papers.document import card_pdf, card_rows, conditions_pdf
from havre.journeys.contract_papers.facts import cards, conditions, house
from havre.journeys.contract_papers.words import Card, Conditions, House, Language, Size

FILE_NAMES = {"fr": ("carte", "conditions-particulieres"), "en": ("card", "particular-conditions")}


@dataclass(frozen=True)
class CardShown:
    """A card as a page draws it: its lines by label, the adherent number apart."""

    card: Card
    number: str
    number_label: str
    lines: tuple[tuple[str, str], ...]


class ConditionsForm(Form):
    day = fields.DayField(label=gettext_lazy("As of"))
    language = forms.ChoiceField(choices=(("fr", "Français"), ("en", "English")))


@require_safe
@member_page
def card(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Every card that the reader may hold: their own first."""
    shown = [_shown(one, viewer) for one in _cards(viewer)]
    values = {"cards": shown, "emergency": _house(viewer).emergency}
    return Page("portal/cards.jinja", values, rubric="card")


@require_safe
@member_page
def one_card(request: HttpRequest, viewer: Viewer, contract: UUID, person: UUID) -> Made:  # noqa: ARG001
    """One card at an address of its own, which asks for nothing else."""
    shown = _shown(_card(viewer, contract, person), viewer)
    values = {"one": shown, "emergency": _house(viewer).emergency, "reader": viewer.account.person}
    return Page("portal/card.jinja", values, rubric="card")


@require_safe
@member_page
def kept_card(
    request: HttpRequest, viewer: Viewer, contract: UUID, person: UUID, reader: UUID
) -> Made:
    """The card as a phone keeps it: no menu, no form. Nobody's but the reader's who kept it."""
    if reader != viewer.account.person:
        raise Http404
    values = {
        "one": _shown(_card(viewer, contract, person), viewer),
        "emergency": _house(viewer).emergency,
        "day": viewer.today,
        "address": request.path,
        "kept_file": versioned,
    }
    return Page("portal/card_kept.jinja", values)


@require_safe
@step_page(Step.HOME)
def card_file(
    request: HttpRequest,  # noqa: ARG001  # every view takes it
    viewer: Viewer,
    contract: UUID,
    person: UUID,
    size: str,
) -> Made:
    """The card as a file in the language of the page. Typeset once the guard is left."""
    with inside(viewer):
        held = _card(viewer, contract, person)
    language = _language(viewer)
    try:
        pdf = card_pdf(
            held, house=_house(viewer), size=Size(size), language=language, created=viewer.now
        )
    except UnprintableText as refusal:
        return _unprintable(refusal)
    return _file(pdf, f"{FILE_NAMES[language][0]}-{size}")


@require_safe
@step_page(Step.HOME)
def particular_conditions(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """The particular conditions as of a day, in a language. A day or a language that is none is missing."""
    form = ConditionsForm(
        {"day": viewer.today.isoformat(), "language": viewer.language, **request.GET.dict()}
    )
    if not form.is_valid():
        raise Http404
    day, language = form.cleaned_data["day"], form.cleaned_data["language"]
    with inside(viewer):
        facts = _conditions(viewer, id, day)
    try:
        pdf = conditions_pdf(facts, house=_house(viewer), language=language, created=viewer.now)
    except UnprintableText as refusal:
        return _unprintable(refusal)
    return _file(pdf, f"{FILE_NAMES[language][1]}-{day.isoformat()}")


def _general(request: HttpRequest, viewer: Viewer, id: str) -> FileSeen | None:  # noqa: A002
    language = request.GET.get("language", viewer.language)
    return conditions_file(id, language=language, today=viewer.today)


def _tag(request: HttpRequest, viewer: Viewer, id: str) -> str | None:  # noqa: A002
    return tag_of(_general(request, viewer, id))


@require_safe
@step_page(Step.HOME)
@condition(etag_func=_tag)
def general_conditions(request: HttpRequest, viewer: Viewer, id: str) -> HttpResponseBase:  # noqa: A002
    """General conditions in a language, whoever the reader: they are the house's, and name nobody."""
    file = _general(request, viewer, id)
    if file is None:
        raise Http404
    return handed_out(file)


def _conditions(viewer: Viewer, contract: UUID, day: date) -> Conditions:
    """As the contract's page shows it: to whom it is shown, and without what it withholds."""
    family = Family(viewer)
    found = contracts_seen.contract_of(household=viewer.account.household, contract=contract)
    shown = family.contracts([found]) if found else []
    if not shown:
        raise Http404
    formulas = products.formulas_with_guarantees(ids=shown[0].formulas())
    facts = conditions(contract=shown[0], people=family.people, formulas=formulas, on=day)
    if facts.formula and family.withholds(contract, Withheld.GUARANTEE_TABLE):
        return replace(facts, formula=replace(facts.formula, guarantees=(), overall_ceiling=None))
    return facts


def _cards(viewer: Viewer) -> list[Card]:
    """Three statements."""
    contracts = contracts_seen.contracts_of(household=viewer.account.household)
    every = {formula for contract in contracts for formula in contract.formulas()}
    return cards(
        reader=viewer.account.person,
        people=Family(viewer).people,
        contracts=contracts,
        formulas=products.formulas(ids=every),
        on=viewer.today,
        majority=settings.HAVRE.MAJORITY_AGE,
    )


def _card(viewer: Viewer, contract: UUID, person: UUID) -> Card:
    for one in _cards(viewer):
        if (one.contract, one.person) == (contract, person):
            return one
    raise Http404


def _shown(card: Card, viewer: Viewer) -> CardShown:
    rows = tuple(card_rows(card, _language(viewer)))
    own = rows[:1] if card.adherent_number else ()
    return CardShown(
        card=card,
        number=card.adherent_number or _("not stated"),
        number_label=own[0][0] if own else _("Adherent number"),
        lines=rows[len(own) :],
    )


def _house(viewer: Viewer) -> House:
    """The insurer, with the number that answers emergencies wherever one is, once one is published."""
    published = numbers.published(viewer.today)
    calls = content.emergency_everywhere(published) if published else ()
    return replace(house(), emergency=shown_phone(calls[0].number.phone)) if calls else house()


def _language(viewer: Viewer) -> Language:
    return "fr" if viewer.language == "fr" else "en"


def _file(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _unprintable(refusal: UnprintableText) -> Page:
    values = {"letters": " ".join(refusal.characters)}
    return Page("portal/unprintable.jinja", values, rubric="card", status=422)
