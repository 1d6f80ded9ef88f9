"""The authorization matrix of the desk: every address × method × role is declared and answers as declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path, resolve, reverse

from havre.commons.staff.access import SessionStore
from havre.commons.staff.models import CodeApp, Invitation
from havre.commons.staff.words import StaffRole
from havre.doors.desk.identity import SECOND_STEP
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.database import acting_as
from tests.doors.desk.requests import filed, item_of
from tests.house.desk_addresses import (
    ADDRESSES,
    AT_ROOT,
    EVERYONE,
    METHODS,
    NAMES,
    At,
    Who,
    patterns,
)
from tests.staff import a_staff, at_the_desk, session_key

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class DeskWorld:
    """A session for each visitor, and one of everything that an address of the desk can name."""

    cookies: Mapping[Who, str]
    colleague: UUID
    factor: UUID
    invitation: UUID
    case: UUID
    item: UUID
    membership: UUID

    def browser(self, who: Who, **options: Any) -> Client:
        client = Client(SERVER_NAME="localhost", **options)
        if who in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[who]
        return client


@pytest.fixture
def world() -> Iterator[DeskWorld]:
    with at_the_desk():
        yield a_desk_world()


def a_desk_world() -> DeskWorld:
    people = {role: a_staff(role) for role in StaffRole}
    cookies: dict[Who, str] = {role: session_key(row) for role, row in people.items()}
    cookies[At.NO_FACTOR] = session_key(a_staff(*StaffRole, factor=False))
    administrator = people[StaffRole.ADMINISTRATOR]
    cookies[At.LAPSED] = session_key(administrator, confirmed=False)
    half = SessionStore()
    half[SECOND_STEP] = str(administrator.id)
    half.save()
    cookies[At.HALF_WAY] = str(half.session_key)
    colleague, now = a_staff(), datetime.now(UTC)
    with acting_as(Role.OWNER):
        factor = CodeApp.objects.get(staff=colleague).id
        invited = a_staff(state="INVITED", password="", factor=False)
        invitation = Invitation.objects.create(
            id=new_id(),
            staff=invited,
            digest=b"digest",
            issued_at=now,
            expires_at=now + timedelta(hours=1),
        )
    case = filed()
    item = item_of(case)
    assert item
    return DeskWorld(
        cookies, colleague.id, factor, invitation.id, case.id, item.id, case.membership
    )


def address(name: str, world: DeskWorld) -> str:
    space = "" if name in AT_ROOT else "desk:"
    return reverse(space + name, kwargs=NAMES[name](world) if name in NAMES else {})


def asked(browser: Client, method: str, url: str) -> HttpResponse:
    """The answer; whatever it did is undone."""
    point = transaction.savepoint()
    try:
        answer: Any = browser.generic(method, url, "sent=yes", content_type=FORM)
        b"".join(answer) if answer.streaming else answer.content  # read it all
        return answer  # type: ignore[no-any-return]
    finally:
        transaction.savepoint_rollback(point)


def said(answer: HttpResponse) -> str:
    """A status, or the name of the address it leads to."""
    if answer.status_code in {301, 302, 303, 307, 308}:
        return str(resolve(answer["Location"].partition("?")[0].partition("#")[0]).url_name)
    return str(answer.status_code)


def undeclared(names: list[str | None]) -> set[str | None]:
    return set(names) - set(ADDRESSES)


def test_every_address_is_declared(world: DeskWorld) -> None:  # it routes the desk
    names = [pattern.name for pattern in patterns()]
    assert undeclared(names) == set()
    assert set(ADDRESSES) - set(names) == set()
    assert {one.name for one in patterns() if one.pattern.converters} == set(NAMES)


def test_an_address_without_a_declaration_is_seen(world: DeskWorld) -> None:
    planted = [*get_resolver().url_patterns, path("back-door", lambda _: HttpResponse(), name="x")]
    assert undeclared([pattern.name for pattern in patterns(planted)]) == {"x"}


@pytest.mark.parametrize("who", EVERYONE)
def test_each_method_answers_each_visitor_as_declared(world: DeskWorld, who: Who) -> None:  # S3
    wrong = []
    for name, methods in ADDRESSES.items():
        url = address(name, world)
        for method in METHODS:
            declared = methods.get(method, dict.fromkeys(EVERYONE, "405"))[who]
            answer = said(asked(world.browser(who), method, url))
            if answer != declared:
                wrong.append(f"{method} {name} as {who}: {answer}, not {declared}")
    assert wrong == []


def test_a_form_from_another_site_is_refused(world: DeskWorld) -> None:
    took = [
        f"{name} as {who}"
        for name, methods in ADDRESSES.items()
        for who in (At.NOBODY, StaffRole.ADMINISTRATOR, StaffRole.AGENT)
        if "POST" in methods
        and asked(
            world.browser(who, enforce_csrf_checks=True), "POST", address(name, world)
        ).status_code
        != 403
    ]
    assert took == []


@pytest.mark.parametrize("who", [At.NOBODY, At.NO_FACTOR, StaffRole.ADMINISTRATOR])
def test_every_answer_is_kept_by_no_cache_and_runs_our_scripts_only(
    world: DeskWorld, who: Who
) -> None:
    for name, methods in ADDRESSES.items():
        if "GET" not in methods:
            continue
        answer = world.browser(who).get(address(name, world))
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert answer["Cache-Control"] == "no-store", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert "<script>" not in answer.content.decode(), name
        assert " style=" not in answer.content.decode(), name


def test_no_page_of_the_portal_is_served_here(world: DeskWorld) -> None:
    for way in ("/fr/", "/en/sign-in", "/service-worker.js"):
        assert world.browser(StaffRole.ADMINISTRATOR).get(way).status_code == 404
