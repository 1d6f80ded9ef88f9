"""How a page is made: who asks, the guard, one call, plain values, a template."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from havre.commons.accounts import queries as accounts
from havre.commons.accounts.queries import AccountSeen
from havre.commons.accounts.words import Step
from havre.commons.content import queries as content
from havre.doors.portal.shell import shell_for
from havre.doors.ui.live import BY_SCRIPT
from havre.foundation.db import Actor, Channel, Role, acting

P = ParamSpec("P")
STEP_PAGES = {
    Step.EMAIL: "portal:confirm-email",
    Step.TERMS: "portal:accept-terms",
    Step.HOME: "portal:home",
}
AGAIN = "again"
"""Added to the address of sign-in where it comes instead of the page that was asked for."""
_TOUCH_AFTER_SECONDS = 120


@dataclass(frozen=True)
class Viewer:
    """Who reads the page, and when: a day in the house's time zone, a moment in UTC."""

    account: AccountSeen
    now: datetime
    today: date
    language: str

    @property
    def actor(self) -> Actor:
        return Actor(name=str(self.account.id), channel=Channel.ONLINE, purpose="read own space")


@dataclass(frozen=True)
class Page:
    """A template of the portal and its plain values. ``rubric`` is the entry of the navigation."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    rubric: str = ""
    status: int = 200


Made = Page | HttpResponseBase
MemberView = Callable[Concatenate[HttpRequest, Viewer, P], Made]
OpenView = Callable[Concatenate[HttpRequest, Viewer | None, P], Made]
PublicView = Callable[Concatenate[HttpRequest, P], Made]
DoorView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def now() -> datetime:
    """The clock of the portal, read here and nowhere deeper."""
    return datetime.now(UTC)


def today(moment: datetime | None = None) -> date:
    """The day at the operator's place, of ``moment`` or now."""
    return (moment or now()).astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()


def public_page(view: PublicView[P]) -> DoorView[P]:
    """A page that anybody reads."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return answer(request, view(request, *args, **kwargs), viewer=None)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def unlisted(view: DoorView[P]) -> DoorView[P]:
    """No search engine keeps the page, whoever leads there."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def member_page(view: MemberView[P]) -> DoorView[P]:
    """A page of the member's own space: the view runs inside the guard of the household."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_at(Step.HOME, request=request)
        if isinstance(viewer, HttpResponseBase):
            return viewer
        with inside(viewer):
            made = view(request, viewer, *args, **kwargs)
        return answer(request, made, viewer=viewer)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def open_page(view: OpenView[P]) -> DoorView[P]:
    """A page that anybody reads; a member inside the guard of the household, with the rubrics around."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_of(request)
        if viewer is None or viewer.account.step is not Step.HOME:
            return answer(request, view(request, None, *args, **kwargs), viewer=viewer)
        with inside(viewer):
            made = view(request, viewer, *args, **kwargs)
        return answer(request, made, viewer=viewer)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def inside(viewer: Viewer) -> AbstractContextManager[None]:
    """The guard of the reader's household."""
    return acting(actor=viewer.actor, role=Role.MEMBER, household=viewer.account.household)


def step_page(*steps: Step) -> Callable[[MemberView[P]], DoorView[P]]:
    """A page of the first sign-in: open at its steps, and at no other. The view enters the guard itself."""

    def decorate(view: MemberView[P]) -> DoorView[P]:
        @wraps(view)
        def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer = viewer_at(*steps, request=request)
            if isinstance(viewer, HttpResponseBase):
                return viewer
            return answer(request, view(request, viewer, *args, **kwargs), viewer=viewer)

        return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument

    return decorate


def viewer_at(*steps: Step, request: HttpRequest) -> Viewer | HttpResponseBase:
    """Who is signed in and stands at one of ``steps``; else the way to where they stand."""
    viewer = viewer_of(request)
    if viewer is None:
        return redirect(_way_in(request))
    if viewer.account.step not in steps:
        return redirect(STEP_PAGES[viewer.account.step])
    return viewer


def _way_in(request: HttpRequest) -> str:
    """Sign-in says why it comes instead of what was asked for; not to whoever just arrives at the front."""
    arrives = settings.SESSION_COOKIE_NAME not in request.COOKIES
    sign_in = reverse("portal:sign-in")
    return sign_in if arrives and request.path == reverse("portal:home") else f"{sign_in}?{AGAIN}"


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Who is signed in. Reads session and account before any guard is entered."""
    if not request.user.is_authenticated:
        return None
    moment = now()
    if not _keep_alive(request, moment):
        return None
    day = today(moment)  # one reading of the clock a page: midnight never falls within it
    seen = accounts.seen(request.user, terms_version=content.terms_version(today=day))
    if seen.step is Step.TERMS:
        # What this process remembers may be a minute old: nobody is asked twice for the same text.
        content.forget_terms_version()
        seen = accounts.seen(request.user, terms_version=content.terms_version(today=day))
    return Viewer(seen, moment, day, translation.get_language() or "fr")


def watcher_of(request: HttpRequest) -> UUID | None:
    """The account whose page asks for news. It waits for them as long as its session lasts, no longer."""
    if not request.user.is_authenticated:
        return None
    stamp = int(now().timestamp())
    if stamp - request.session.get("began", stamp) > settings.HAVRE.SESSION_LONGEST_HOURS * 3600:
        return None
    return UUID(str(request.user.pk))


def _keep_alive(request: HttpRequest, moment: datetime) -> bool:
    """A session ends after a time without use, and after a longer one whatever its use.

    One write in two minutes tells of use. False where it ends here.
    """
    stamp = int(moment.timestamp())
    if stamp - request.session.get("began", stamp) > settings.HAVRE.SESSION_LONGEST_HOURS * 3600:
        logout(request)
        return False
    if settings.HAVRE.READ_ONLY or BY_SCRIPT in request.headers:
        return True  # a page that asks for itself is no use by anybody
    if stamp - request.session.get("used", 0) > _TOUCH_AFTER_SECONDS:
        request.session["used"] = stamp
    return True


def answer(request: HttpRequest, made: Made, *, viewer: Viewer | None) -> HttpResponseBase:
    if isinstance(made, HttpResponseBase):
        return made
    account = viewer.account if viewer else None
    shell = shell_for(request, account=account, rubric=made.rubric)
    return render(request, made.template, {**made.values, "shell": shell}, status=made.status)
