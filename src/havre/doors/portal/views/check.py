"""The public check of a certificate, where its QR code leads.

Its address holds a secret, the only one that does: docs/security.md says why.
"""

from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from havre.commons.accounts.actions import TooSoon
from havre.commons.content import queries as content
from havre.domains.certificates.queries import Checked
from havre.doors.portal import certificate_words as words
from havre.doors.portal.page import Page, answer, now, today
from havre.doors.ui import fields, formats
from havre.doors.ui.browsers import address_of
from havre.doors.ui.forms import Form
from havre.doors.ui.gate_words import wait_words
from havre.journeys.certificates.catalogue import catalogue
from havre.journeys.certificates.checking import check as look
from havre.journeys.certificates.wording import territory_name


class CheckForm(Form):
    """The one thing that the paper's holder tells beside the paper."""

    birth_date = fields.DayField(label=gettext_lazy("Date of birth of the person insured"))


# It changes nothing and has no session: another site's form can do no more with it than open it. And a
# page without a referrer sends the origin "null", which the protection of forms would refuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponseBase:
    """Whether a certificate is valid today, for whoever knows the birth date. Nobody is named."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    moment = now()
    made = _looked(request, form, token, moment) if form.is_valid() else _page(form)
    response = answer(request, made, viewer=None)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _looked(request: HttpRequest, form: CheckForm, token: str, moment: datetime) -> Page:
    day = today(moment)
    try:
        found = look(
            token=token,
            birth_date=form.cleaned_data["birth_date"],
            address=address_of(request),
            today=day,
            now=moment,
        )
    except TooSoon as refusal:
        form.add_error(None, wait_words(refusal.until, now=moment))
        return _page(form)
    if found is None:
        form.add_error(
            None,
            _(
                "No certificate goes with this address and this date of birth. Check the date, or"
                " scan the code again."
            ),
        )
        return _page(form)
    return Page("portal/check_found.jinja", _told(found, moment))


def _told(found: Checked, moment: datetime) -> dict[str, object]:
    """Initials, validity, dates, territory; nothing else."""
    language = translation.get_language() or "fr"
    known = catalogue(today=today(moment))
    state, kind = words.state(found.worth, found.period)
    zones = content.zones(today=today(moment))
    territory = territory_name(found.zone, language, zones=zones)
    return {
        "state": state,
        "state_kind": kind,
        "rows": [
            (_("Initials"), found.initials),
            (_("Certificate"), words.kind_name(known, found.kind, language)),
            (_("Days certified"), words.days(found.period)),
            (_("Territory"), territory or _("Not stated")),
            (_("Issued on"), formats.day(today(found.issued_at))),
        ],
        "checked_on": formats.day(today(moment)),
    }


def _page(form: CheckForm) -> Page:
    return Page("portal/check.jinja", {"form": form}, status=422 if form.is_bound else 200)
