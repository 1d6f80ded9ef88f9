"""Correcting how a member is reached, as they asked: at once, where it needs no proof."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.content import queries as content
from havre.domains.contracts import queries as contracts
from havre.domains.people import queries as people
from havre.domains.people.actions import ChangedMeanwhile
from havre.domains.people.queries import DetailsSeen
from havre.domains.people.words import Contact
from havre.doors.desk import behalf, member_words
from havre.doors.desk.account_forms import ChannelForm
from havre.doors.desk.behalf import ASKS
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui import contact_forms as forms
from havre.doors.ui.addresses import url
from havre.foundation.addresses import PostalAddress, countries
from havre.foundation.db import Channel
from havre.journeys.member_file.account import At
from havre.journeys.member_file.contact import correct

RUBRIC = "members"
PURPOSE = "correct how a member is reached"


@dataclass(frozen=True)
class Asked:
    """What is corrected, and its form. ``country``: whose address fields are shown; "" for no address."""

    what: Contact
    title: str
    form: forms.ContactForm
    country: str = ""

    def value(self) -> str | PostalAddress | None:
        if isinstance(self.form, forms.AddressForm):
            return self.form.address()
        name = "country" if self.what is Contact.EXPATRIATION_COUNTRY else self.what.value
        given: str | None = self.form.cleaned_data[name]
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(ASKS)
def member_contact(request: HttpRequest, viewer: Viewer, membership: UUID, what: str) -> Made:
    """One way to reach a member: what is on file, what they said, and how they asked."""
    at, made = behalf.at_of(viewer, membership), _FORMS.get(what)
    if made is None:
        raise Http404
    with viewer.inside(at.household, purpose=PURPOSE):
        one = _details(at)
        asked, way = made(request, one), ChannelForm(request.POST or None)
        complete = all([asked.form.is_valid(), way.is_valid()])
        moves = complete and not _holds(viewer, at, one, asked)
    if not complete or moves:
        return _page(one, asked, way, moves=moves)
    channel = Channel(way.cleaned_data["channel"])
    try:
        with viewer.inside(at.household, purpose=PURPOSE, channel=channel):
            correct(
                at,
                what=asked.what,
                value=asked.value(),
                shown=asked.form.shown_at(),
                channel=channel,
                by=str(viewer.id),
                now=viewer.now,
            )
    except ChangedMeanwhile:
        with viewer.inside(at.household, purpose=PURPOSE):
            return _page(_details(at), asked, way, stale=True)
    return redirect(f"{url('desk:member', membership=membership)}#contact")


def _page(
    one: DetailsSeen, asked: Asked, way: ChannelForm, *, stale: bool = False, moves: bool = False
) -> Page:
    """What was typed stays; where the value changed meanwhile, it can be sent again over that one."""
    origin = one.origins.get(asked.what)
    if stale:
        asked.form.data = {**asked.form.data, **forms.with_origin(origin)}
    values = {
        "member": one.person,
        "asked": asked,
        "way": way,
        "origin": member_words.origin(origin),
        "stale": stale,
        "moves": moves,
        "countries": forms.country_choices() if asked.country else (),
    }
    status = 409 if stale else 422 if asked.form.is_bound else 200
    return Page("desk/member_contact.jinja", values, RUBRIC, status=status)


def _details(at: At) -> DetailsSeen:
    """The member with where each value came from. Needs the guard of the household."""
    details = people.household_details(household=at.household)
    found = next((one for one in details if one.person.membership == at.membership), None)
    if found is None:
        raise Http404
    return found


def _holds(viewer: Viewer, at: At, one: DetailsSeen, asked: Asked) -> bool:
    """Whether the contracts hold in the country that is given; anything else they do not look at."""
    country = asked.value()
    if asked.what is not Contact.EXPATRIATION_COUNTRY or not isinstance(country, str):
        return True
    if country == one.person.expatriation_country:
        return True
    return contracts.hold_in(
        contracts.contracts_of(household=at.household),
        person=one.person.id,
        zone=content.zones(today=viewer.today).zone_of(country),
        on=viewer.today,
    )


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    return request.POST.dict() if request.method == "POST" else None


def _initial(one: DetailsSeen, what: Contact, values: Mapping[str, str]) -> dict[str, str]:
    return forms.with_origin(one.origins.get(what), values)


def _address(request: HttpRequest, one: DetailsSeen) -> Asked:
    """The country is chosen first, by the address bar: its fields follow, without a script too."""
    held = one.address.country if one.address else one.person.expatriation_country
    named = request.POST.get("country") or request.GET.get("country") or held or "FR"
    country = named if named in countries() else "FR"
    typed = forms.typed_address(one.address, country=country)
    form = forms.AddressForm(
        _sent(request),
        country=country,
        initial=_initial(one, Contact.ADDRESS, typed),
    )
    return Asked(Contact.ADDRESS, _("Correspondence address"), form, country)


def _phone(request: HttpRequest, one: DetailsSeen) -> Asked:
    form = forms.PhoneForm(
        _sent(request),
        country=one.person.expatriation_country or "FR",
        initial=_initial(one, Contact.PHONE, {"phone": one.person.phone or ""}),
    )
    return Asked(Contact.PHONE, _("Telephone"), form)


def _language(request: HttpRequest, one: DetailsSeen) -> Asked:
    initial = _initial(one, Contact.LANGUAGE, {"language": one.person.language})
    form = forms.LanguageForm(_sent(request), initial=initial)
    return Asked(Contact.LANGUAGE, _("Language"), form)


def _country(request: HttpRequest, one: DetailsSeen) -> Asked:
    what, held = Contact.EXPATRIATION_COUNTRY, one.person.expatriation_country or ""
    form = forms.CountryForm(_sent(request), initial=_initial(one, what, {"country": held}))
    return Asked(what, _("Country of expatriation"), form)


_FORMS: Mapping[str, Callable[[HttpRequest, DetailsSeen], Asked]] = {
    "address": _address,
    "phone": _phone,
    "language": _language,
    "country": _country,
}
