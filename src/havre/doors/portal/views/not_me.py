"""Behind the link of a notice: what was changed, and one button for whoever did not do it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.words import ClosedFor
from havre.doors.portal.closed_words import closed_words
from havre.doors.portal.identity import CLOSED, begin_closed
from havre.doors.portal.page import Made, Page, now, public_page, unlisted
from havre.foundation.db import Actor, Channel, acting
from havre.journeys.account_security.mails import change_words

_NOTICE = "notice"
_ACTOR = Actor(name="link of a mail", channel=Channel.ONLINE, purpose="say it was not me")


@require_safe
@unlisted
@public_page
def link(request: HttpRequest, token: str) -> Made:
    """Takes the secret out of the address at once: the session keeps which notice it opened."""
    with acting(actor=_ACTOR):
        notice = accounts_seen.notice_by(token=token)
    request.session.pop(_NOTICE, None)
    if notice is not None:
        request.session[_NOTICE] = str(notice)
    return redirect("portal:not-me")


@require_http_methods(["GET", "HEAD", "POST"])
@unlisted
@public_page
def not_me(request: HttpRequest) -> Made:
    """Reading says what the button does; the button does it, once."""
    opened = request.session.get(_NOTICE)
    moment = now()
    if opened is None:
        return Page("portal/not_me_gone.jinja", status=410)
    notice = UUID(opened)
    if request.method == "POST":
        with acting(actor=_ACTOR):
            suspended = accounts.deny_change(notice=notice, now=moment)
        if suspended:
            begin_closed(request, ClosedFor.REPORTED)
            return redirect("portal:account-closed")
    with acting(actor=_ACTOR):
        seen = accounts_seen.notice_seen(notice=notice, now=moment)
    if seen is None or not seen.live:
        return Page("portal/not_me_gone.jinja", status=410)
    values = {
        "notice": seen,
        "what": change_words(seen.change),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/not_me.jinja", values)


@require_safe
@unlisted
@public_page
def account_closed(request: HttpRequest) -> Made:
    """What the owner of a closed account reads, in words that help. Only the right pair leads here."""
    why = ClosedFor(request.session.get(CLOSED, ClosedFor.REPORTED))
    values = {"closed": closed_words(why), "gently": why is ClosedFor.DEATH}
    return Page("portal/account_closed.jinja", values)
