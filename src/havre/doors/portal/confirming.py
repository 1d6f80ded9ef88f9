"""Confirm it is you: a sensitive page opens only to a session that proved who it is a short while ago."""

from dataclasses import dataclass
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
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.words import FactorKind, Step
from havre.doors.portal.forms import ConfirmForm
from havre.doors.portal.identity import CONFIRMED, DEVICE_COOKIE
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
from havre.doors.ui import gate_words, passkeys
from havre.doors.ui.browsers import address_of
from havre.journeys.account_security import factors as journey

NEXT = "next"
_OURS = "confirm"
_SAFE = {"GET", "HEAD"}


def confirmed_page(view: MemberView[P]) -> DoorView[P]:
    """A `member_page` for what is sensitive: open for CONFIRMED_MINUTES after a proof of who it is.

    A reader who came by a link goes to the page `confirm` and comes back. A form that was sent too late
    loses nothing: the answer asks for the proof and carries what was typed, and goes on with it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, viewer: Viewer, *args: P.args, **kwargs: P.kwargs) -> Made:
        with inside(viewer):
            return view(request, viewer, *args, **kwargs)

    return confirmed_account_page(guarded)  # type: ignore[arg-type]  # `wraps` keeps the name of the first argument


def confirmed_account_page(view: MemberView[P]) -> DoorView[P]:
    """The same for a view that enters the guard itself, as those about the account do."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_at(Step.HOME, request=request)
        if isinstance(viewer, HttpResponseBase):
            return viewer
        asked = None if is_confirmed(request, now=viewer.now) else _ask(request, viewer)
        made = view(request, viewer, *args, **kwargs) if asked is None else asked
        return answer(request, made, viewer=viewer)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def is_confirmed(request: HttpRequest, *, now: datetime) -> bool:
    """Whether this session proved who it is within CONFIRMED_MINUTES."""
    age = int(now.timestamp()) - request.session.get(CONFIRMED, 0)
    return bool(age < settings.HAVRE.CONFIRMED_MINUTES * 60)


@dataclass(frozen=True)
class Asked:
    """What the page that asks shows: a form and, with a passkey, what the script asks it."""

    form: ConfirmForm
    options: str
    proved: bool

    @property
    def status(self) -> int:
        return 422 if self.form.is_bound else 200


def ask(request: HttpRequest, viewer: Viewer, *, bound: bool, prefix: str | None = None) -> Asked:
    """Read the proof if one was sent, by any way that the account has; the session is then confirmed."""
    factors = accounts_seen.factors_of(account=viewer.account.id)
    form = ConfirmForm(
        request.POST if bound else None, prefix=prefix, app=factors.has(FactorKind.APP)
    )
    if bound and form.is_valid() and _proves(request, viewer, form):
        request.session[CONFIRMED] = int(viewer.now.timestamp())
        return Asked(form, "", proved=True)
    options = ""
    if factors.has(FactorKind.PASSKEY):
        challenge = accounts_seen.passkey_challenge(site=passkeys.site(), account=viewer.account.id)
        options = passkeys.asking(request, challenge)
    return Asked(form, options, proved=False)


def _proves(request: HttpRequest, viewer: Viewer, form: ConfirmForm) -> bool:
    account, device = viewer.account.id, request.COOKIES.get(DEVICE_COOKIE)
    if form.answer:
        return _proves_by_passkey(request, viewer, form)
    field, code = "password", form.cleaned_data.get("code")
    if form.cleaned_data["password"]:
        said = accounts.confirm_password(
            account=account,
            password=form.cleaned_data["password"],
            address=address_of(request),
            device=device,
            now=viewer.now,
        )
    else:
        guess = accounts.Guess(str(code), address_of(request), device)
        field, said = "code", journey.take_code(account=account, guess=guess, now=viewer.now)
    match said:
        case accounts.Confirmed():
            return True
        case accounts.Waits(until):
            form.add_error(None, gate_words.wait_words(until, now=viewer.now))
        case accounts.WrongPair():
            wrong = _("This is not your password. Try again, or call us.")
            form.add_error(field, wrong if field == "password" else gate_words.wrong_code())
    return False


def _proves_by_passkey(request: HttpRequest, viewer: Viewer, form: ConfirmForm) -> bool:
    try:
        answer, state = passkeys.answered(request, field=form.add_prefix("passkey"))
        accounts.take_passkey(
            account=viewer.account.id,
            answer=answer,
            state=state,
            site=passkeys.site(),
            now=viewer.now,
        )
    except accounts.WrongPasskey:
        form.add_error(None, gate_words.wrong_passkey())
        return False
    return True


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
    sent = any(name.startswith(f"{_OURS}-") for name in request.POST)
    asked = ask(request, viewer, bound=sent, prefix=_OURS)
    if asked.proved:
        return None
    values = {"asked": asked, "typed": _typed(request.POST), "files": bool(request.FILES)}
    return Page("portal/confirm_again.jinja", values, status=422 if sent else 403)


def _typed(sent: QueryDict) -> list[tuple[str, str]]:
    """What the form held, but for what we put there ourselves."""
    return [
        (name, str(value))
        for name, values in sent.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{_OURS}-")
        for value in values
    ]
