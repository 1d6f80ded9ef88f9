"""Changing at once what needs no proof: address, telephone, language, country of expatriation."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.accounts import actions as accounts
from havre.commons.content import queries as content
from havre.domains.contracts import queries as contracts
from havre.domains.people import actions as people
from havre.domains.people import queries as people_seen
from havre.domains.people.queries import DetailsSeen
from havre.domains.people.words import Contact
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.portal.views.personal import RUBRIC, may_change, own, those_shown
from havre.doors.ui import contact_forms as forms
from havre.doors.ui import formats
from havre.foundation.addresses import PostalAddress, countries
from havre.foundation.db import Role, acting

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@member_page
def change_address(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """The country is chosen first, by the address bar: its fields follow, without a script too."""
    one = _theirs(viewer, id)
    held = one.address.country if one.address else one.person.expatriation_country
    asked = request.POST.get("country") or request.GET.get("country") or held or "FR"
    country = asked if asked in countries() else "FR"
    typed = forms.typed_address(one.address, country=country)
    form = forms.AddressForm(_sent(request), country=country, initial=_shown(one, "address", typed))
    if form.is_bound and form.is_valid():
        if _kept(viewer, one, Contact.ADDRESS, form.address(), form):
            return _done("address")
        _renew(form, _theirs(viewer, id), Contact.ADDRESS)
        return _address_page(viewer, one, form, country, stale=True)
    return _address_page(viewer, one, form, country, stale=False)


@require_http_methods(METHODS)
@member_page
def change_phone(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    one = _theirs(viewer, id)
    country = one.person.expatriation_country or "FR"
    initial = _shown(one, "phone", {"phone": one.person.phone or ""})
    form = forms.PhoneForm(_sent(request), country=country, initial=initial)
    return _simple(viewer, one, Contact.PHONE, form, "phone", _("Telephone"))


@require_http_methods(METHODS)
@member_page
def change_language(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """The language of mails and statements; pages are read in that of their address."""
    one = _theirs(viewer, id)
    initial = _shown(one, "language", {"language": one.person.language})
    form = forms.LanguageForm(_sent(request), initial=initial)
    made = _simple(viewer, one, Contact.LANGUAGE, form, "language", _("Language"))
    if not isinstance(made, Page) and one.person.id == viewer.account.person:
        with acting(actor=viewer.actor, role=Role.WEB):
            accounts.follow_language(
                account=viewer.account.id, language=form.cleaned_data["language"]
            )
    return made


@require_http_methods(METHODS)
@member_page
def change_country(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """At once where the contracts hold as they are; else it is asked for, with a proof."""
    one = _theirs(viewer, id)
    initial = _shown(
        one, "expatriation_country", {"country": one.person.expatriation_country or ""}
    )
    form = forms.CountryForm(_sent(request), initial=initial)
    title = _("Country of expatriation")
    if form.is_bound and form.is_valid() and not _holds(viewer, one, form.cleaned_data["country"]):
        country = formats.country(form.cleaned_data["country"])
        values = _values(viewer, one, form, title) | {"refused_country": country}
        return Page("portal/change_contact.jinja", values, RUBRIC, status=422)
    return _simple(viewer, one, Contact.EXPATRIATION_COUNTRY, form, "country", title)


def _holds(viewer: Viewer, one: DetailsSeen, country: str) -> bool:
    """Whether the contracts that cover this person hold in that country without a change."""
    if country == one.person.expatriation_country:
        return True
    return contracts.hold_in(
        contracts.contracts_of(household=viewer.account.household),
        person=one.person.id,
        zone=content.zones(today=viewer.today).zone_of(country),
        on=viewer.today,
    )


def _theirs(viewer: Viewer, person: UUID) -> DetailsSeen:
    """Whose contact this reader may change; anybody else is not there."""
    details = those_shown(people_seen.household_details(household=viewer.account.household), viewer)
    reader = own(details, viewer)
    found = next((one for one in details if one.person.id == person), None)
    if found is None or reader is None or not may_change(viewer, reader.person, found.person):
        raise Http404
    return found


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    return request.POST.dict() if request.method == "POST" else None


def _shown(one: DetailsSeen, field: str, values: Mapping[str, str] | None = None) -> dict[str, str]:
    return forms.with_origin(one.origins.get(field), values)


def _simple(
    viewer: Viewer, one: DetailsSeen, what: Contact, form: forms.ContactForm, name: str, title: str
) -> Made:
    """A form with one field, whose value is kept as it is."""
    stale = False
    if form.is_bound and form.is_valid():
        value = form.cleaned_data[name]
        if _kept(viewer, one, what, value, form):
            return _done(name)
        stale = True
        _renew(form, _theirs(viewer, one.person.id), what)
    values = _values(viewer, one, form, title) | {"stale": stale}
    status = 409 if stale else 422 if form.is_bound else 200
    return Page("portal/change_contact.jinja", values, RUBRIC, status=status)


def _kept(
    viewer: Viewer,
    one: DetailsSeen,
    what: Contact,
    value: str | PostalAddress | None,
    form: forms.ContactForm,
) -> bool:
    """Kept, or false where the value on file is no longer the one of the page."""
    try:
        people.change_contact(
            household=viewer.account.household,
            membership=one.person.membership,
            what=what,
            value=value,
            shown=form.shown_at(),
            now=viewer.now,
        )
    except people.ChangedMeanwhile:
        return False
    return True


def _renew(form: forms.ContactForm, one: DetailsSeen, what: Contact) -> None:
    """What was typed stays, and can be sent again now that the page tells of the change."""
    form.data = {**form.data, **_shown(one, what)}


def _values(
    viewer: Viewer, one: DetailsSeen, form: forms.ContactForm, title: str
) -> dict[str, object]:
    whose = "" if one.person.id == viewer.account.person else one.person.full_name
    return {"form": form, "title": title, "whose": whose, "stale": False, "refused_country": ""}


def _address_page(
    viewer: Viewer, one: DetailsSeen, form: forms.AddressForm, country: str, *, stale: bool
) -> Page:
    values = _values(viewer, one, form, _("Correspondence address")) | {
        "stale": stale,
        "country": country,
        "countries": forms.country_choices(),
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return Page("portal/change_address.jinja", values, RUBRIC, status=status)


def _done(name: str) -> Made:
    answer = redirect(f"portal:{RUBRIC}")
    answer["Location"] += f"?saved={name}"
    return answer
