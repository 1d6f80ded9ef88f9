"""Confirm it is you: managing staff and one's own factors ask for a second factor given lately."""

from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from havre.commons.accounts.actions import Confirmed, Waits, WrongPair
from havre.commons.staff import actions as staff
from havre.commons.staff import queries as staff_seen
from havre.doors.desk.forms import FactorForm
from havre.doors.desk.identity import CONFIRMED, known_here
from havre.doors.desk.page import DeskView, Made, P, Viewer
from havre.doors.ui import gate_words, passkeys
from havre.doors.ui.browsers import address_of
from havre.foundation.signing_in.passkeys import WrongPasskey
from havre.foundation.signing_in.words import FactorKind

NEXT = "next"
_SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Asked:
    """What the page that asks shows: a form and, with a passkey, what the script asks it."""

    form: FactorForm
    options: str
    proved: bool

    @property
    def status(self) -> int:
        return 422 if self.form.is_bound else 200


def confirmed(view: DeskView[P]) -> DeskView[P]:
    """Asks for a proof first, unless this session gave one within CONFIRMED_MINUTES.

    Who came by a link comes back to it. A form that was sent too late is sent to the proof as well: its
    page is shown again after it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, viewer: Viewer, *args: P.args, **kwargs: P.kwargs) -> Made:
        if is_confirmed(request, now=viewer.now):
            return view(request, viewer, *args, **kwargs)
        way = urlencode({NEXT: request.get_full_path()})
        return redirect(f"{reverse('desk:confirm')}?{way}")

    return guarded  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def is_confirmed(request: HttpRequest, *, now: datetime) -> bool:
    """Whether this session proved who it is within CONFIRMED_MINUTES."""
    age = int(now.timestamp()) - request.session.get(CONFIRMED, 0)
    return bool(age < settings.HAVRE.CONFIRMED_MINUTES * 60)


def ask(request: HttpRequest, *, who: UUID, now: datetime) -> Asked:
    """Read the factor if one was sent, by any way that this person has."""
    by_passkey = bool(request.POST.get(passkeys.FIELD))
    form = FactorForm(request.POST or None, by_passkey=by_passkey)
    if form.is_bound and form.is_valid() and _passes(request, form, who, now=now):
        return Asked(form, "", proved=True)
    options = ""
    if staff_seen.factors_of(staff=who).has(FactorKind.PASSKEY):
        challenge = staff_seen.passkey_challenge(site=passkeys.site(), staff=who)
        options = passkeys.asking(request, challenge)
    return Asked(form, options, proved=False)


def safe_next(request: HttpRequest) -> str:
    """Where the reader was: a page of the desk, its home if it is anything else."""
    path = request.GET.get(NEXT, "")
    try:
        if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            resolve(path.partition("?")[0])
            return path
    except Resolver404:
        pass
    return reverse("desk:home")


def _passes(request: HttpRequest, form: FactorForm, who: UUID, *, now: datetime) -> bool:
    if form.by_passkey:
        try:
            answer, state = passkeys.answered(request)
            staff.take_passkey(staff=who, answer=answer, state=state, site=passkeys.site(), now=now)
        except WrongPasskey:
            form.add_error(None, gate_words.wrong_passkey())
            return False
        return True
    said = staff.take_code(
        staff=who,
        code=form.cleaned_data["code"],
        address=address_of(request),
        known=known_here(request) == who,
        now=now,
    )
    match said:
        case Confirmed():
            return True
        case Waits(until):
            form.add_error(None, gate_words.wait_words(until, now=now))
        case WrongPair():
            form.add_error("code", gate_words.wrong_code())
    return False
