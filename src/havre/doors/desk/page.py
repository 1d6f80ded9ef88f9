"""How a page of the desk is made: who asks, what they may, the guard, one call, plain values, a template."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation

from havre.commons.staff import queries as staff
from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission, Scope, StaffState
from havre.doors.desk.shell import shell_for
from havre.doors.ui.live import BY_SCRIPT
from havre.foundation.db import Actor, Channel, Role, acting

P = ParamSpec("P")
STAFF = "staff"
"""Where a session names who works here."""
_TOUCH_AFTER_SECONDS = 120


@dataclass(frozen=True)
class Viewer:
    """Who works at the page, and when: a day in the house's time zone, a moment in UTC."""

    staff: StaffSeen
    now: datetime
    today: date

    @property
    def id(self) -> UUID:
        return self.staff.id

    @property
    def language(self) -> str:
        return self.staff.language

    @property
    def scope(self) -> Scope:
        return self.staff.scope

    def may(self, permission: Permission | str) -> bool:
        return self.staff.may(permission)

    def actor(self, *, purpose: str = "work at the desk", channel: Channel = Channel.DESK) -> Actor:
        """Who acts, by which way a member's wish came: at the desk, by phone, by post, by mail."""
        return Actor(name=str(self.staff.id), channel=channel, purpose=purpose)

    @property
    def health_role(self) -> Role:
        """The role that reads what this person opened of health: nothing of it without an opening."""
        return Role.DESK_MEDICAL if self.may(Permission.MEDICAL_READ) else Role.DESK_HEALTH

    def inside(
        self,
        household: UUID,
        *,
        health: bool = False,
        purpose: str = "work at the desk",
        channel: Channel = Channel.DESK,
    ) -> AbstractContextManager[None]:
        """The guard of one household. With ``health``, what this person has opened of it, and nothing
        where nothing is open: take it only for who may ``health.open``."""
        return acting(
            actor=self.actor(purpose=purpose, channel=channel),
            role=self.health_role if health else Role.DESK,
            household=household,
        )


@dataclass(frozen=True)
class Page:
    """A template of the desk and its plain values. ``rubric`` is the entry of the band."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    rubric: str = ""
    status: int = 200


Made = Page | HttpResponseBase
DeskView = Callable[Concatenate[HttpRequest, Viewer, P], Made]
GateView = Callable[Concatenate[HttpRequest, P], Made]
DoorView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def now() -> datetime:
    """The clock of the desk, read here and nowhere deeper."""
    return datetime.now(UTC)


def today(moment: datetime) -> date:
    """The day at the operator's place."""
    return moment.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()


def gate_page(view: GateView[P]) -> DoorView[P]:
    """A page before anybody is signed in."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return answer(request, view(request, *args, **kwargs), viewer=None)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def desk_page(
    permission: Permission | None = None, *, role: Role | None = Role.DESK
) -> Callable[[DeskView[P]], DoorView[P]]:
    """A page of the desk for who has ``permission``, or for everybody who works here.

    The view runs inside ``role``, in no household's context: it enters one by :meth:`Viewer.inside`.
    With ``role=None`` it enters the guard itself, as those about staff do.
    """

    def decorate(view: DeskView[P]) -> DoorView[P]:
        @wraps(view)
        def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer = viewer_at_work(request, permission)
            if isinstance(viewer, HttpResponseBase):
                return viewer
            if role is None:
                made = view(request, viewer, *args, **kwargs)
            else:
                with acting(actor=viewer.actor(), role=role):
                    made = view(request, viewer, *args, **kwargs)
            return answer(request, made, viewer=viewer)

        return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument

    return decorate


def setting_up_page(view: DeskView[P]) -> DoorView[P]:
    """A page about one's own second factors: the only ones open to who has none yet."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer = viewer_of(request)
        if viewer is None:
            return redirect("desk:sign-in")
        return answer(request, view(request, viewer, *args, **kwargs), viewer=viewer)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def viewer_at_work(
    request: HttpRequest, permission: Permission | None
) -> Viewer | HttpResponseBase:
    """Who is signed in with a second factor and may do this; else where they are led, or why not."""
    viewer = viewer_of(request)
    if viewer is None:
        return redirect("desk:sign-in")
    if not viewer.staff.has_factor:
        return redirect("desk:second-factors")
    if permission is not None and not viewer.may(permission):
        return answer(request, Page("desk/not_yours.jinja", status=403), viewer=viewer)
    return viewer


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Who is signed in and works here still, in their language. Read before any guard is entered."""
    found = request.session.get(STAFF)
    if found is None:
        return None
    moment = now()
    seen = staff.seen(staff=UUID(found)) if _keep_alive(request, moment) else None
    if seen is None or seen.state is not StaffState.ACTIVE:
        request.session.flush()
        return None
    translation.activate(seen.language)
    return Viewer(seen, moment, today(moment))


def _keep_alive(request: HttpRequest, moment: datetime) -> bool:
    """A session ends after a time without use, and after a longer one whatever its use."""
    stamp = int(moment.timestamp())
    if stamp - request.session.get("began", stamp) > settings.HAVRE.SESSION_LONGEST_HOURS * 3600:
        return False
    if settings.HAVRE.READ_ONLY or BY_SCRIPT in request.headers:
        return True  # a page that asks for itself is no use by anybody
    if stamp - request.session.get("used", 0) > _TOUCH_AFTER_SECONDS:
        request.session["used"] = stamp
    return True


def answer(request: HttpRequest, made: Made, *, viewer: Viewer | None) -> HttpResponseBase:
    """The page as HTML, with the frame that its reader has."""
    if isinstance(made, HttpResponseBase):
        return made
    shell = shell_for(request, staff=viewer.staff if viewer else None, rubric=made.rubric)
    values = {**made.values, "shell": shell, "viewer": viewer}
    return render(request, made.template, values, status=made.status)
