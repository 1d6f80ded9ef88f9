"""Confirm it is you: a sensitive page opens only to a session that proved who it is a short while ago."""

from datetime import datetime
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.words import Step
from havre.doors.portal import wording
from havre.doors.portal.forms import ConfirmForm
from havre.doors.portal.identity import CONFIRMED, DEVICE_COOKIE, address_of
from havre.doors.portal.page import (
    DoorView,
    Made,
    MemberView,
    P,
    Page,
    Viewer,
    answer,
    inside,
    viewer_at,
)

NEXT = "next"
_OURS = "confirm"
_SAFE = {"GET", "HEAD"}


def confirmed_page(view: MemberView[P]) -> DoorView[P]:
    """A `member_page` for what is sensitive: open for CONFIRMED_MINUTES after a proof of who it is.

    A reader who came by a link goes to the page `confirm` and comes back. A form that was sent too late
    loses nothing: the answer asks for the proof and carries what was typed, and goes on with it.
    """

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_at(Step.HOME, request)
        if isinstance(viewer, HttpResponseBase):
            return viewer
        if not is_confirmed(request, now=viewer.now):
            asked = _ask(request, viewer)
            if asked is not None:
                return answer(request, asked, viewer=viewer)
        with inside(viewer):
            made = view(request, viewer, *args, **kwargs)
        return answer(request, made, viewer=viewer)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def is_confirmed(request: HttpRequest, *, now: datetime) -> bool:
    """Whether this session proved who it is within CONFIRMED_MINUTES."""
    age = int(now.timestamp()) - request.session.get(CONFIRMED, 0)
    return bool(age < settings.HAVRE.CONFIRMED_MINUTES * 60)


def proves(request: HttpRequest, viewer: Viewer, form: ConfirmForm) -> bool:
    """Whether the form proves who it is; the session is then confirmed, else the form says why not."""
    if not form.is_valid():
        return False
    said = accounts.confirm_password(
        account=viewer.account.id,
        password=form.cleaned_data["password"],
        address=address_of(request),
        device=request.COOKIES.get(DEVICE_COOKIE),
        now=viewer.now,
    )
    match said:
        case accounts.Confirmed():
            request.session[CONFIRMED] = int(viewer.now.timestamp())
            return True
        case accounts.Waits(until):
            form.add_error(None, wording.wait_words(until, now=viewer.now))
        case accounts.WrongPair():
            form.add_error("password", _("This is not your password. Try again, or call us."))
    return False


def safe_next(request: HttpRequest) -> str:
    """Where the reader was: a page of this site, home if it is anything else."""
    path = request.GET.get(NEXT, "")
    try:
        if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            resolve(path.partition("?")[0])
            return path
    except Resolver404:
        pass
    return reverse("portal:home")


def _ask(request: HttpRequest, viewer: Viewer) -> Made | None:
    """The way to the proof, or None when this very form carries it."""
    if request.method in _SAFE:
        query = urlencode({NEXT: request.get_full_path()})
        return redirect(f"{reverse('portal:confirm')}?{query}")
    form = ConfirmForm(request.POST if f"{_OURS}-password" in request.POST else None, prefix=_OURS)
    if form.is_bound and proves(request, viewer, form):
        return None
    values = {"form": form, "typed": _typed(request.POST), "files": bool(request.FILES)}
    return Page("portal/confirm_again.jinja", values, status=422 if form.is_bound else 403)


def _typed(sent: QueryDict) -> list[tuple[str, str]]:
    """What the form held, but for what we put there ourselves."""
    return [
        (name, str(value))
        for name, values in sent.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{_OURS}-")
        for value in values
    ]
