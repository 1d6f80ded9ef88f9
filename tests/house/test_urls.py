"""The authorization matrix: every address × method × visitor is declared, walked, and answers as declared."""

from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path, resolve, reverse

from havre.commons.content.queries import forget_terms_version
from havre.foundation.ids import new_id
from tests.house.addresses import (
    ADDRESSES,
    AT_ROOT,
    BY_NAME,
    BY_SECRET,
    METHODS,
    NAMES,
    WITHOUT_FORM_TOKEN,
    asked_with,
    named_by,
    patterns,
)
from tests.house.visitors import NOW, As, Owned, World, a_world

# Mail programs post it by themselves (RFC 8058): the token in the link is the authority.
WITHOUT_A_COOKIE = {"leave-mails"}
FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield a_world()
    forget_terms_version()


def address(name: str, owned: Owned) -> str:
    space = "" if name in AT_ROOT else "portal:"
    query = urlencode(asked_with(name, owned))
    return reverse(space + name, kwargs=named_by(name, owned)) + (f"?{query}" if query else "")


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
        return str(resolve(answer["Location"].partition("?")[0]).url_name)
    return str(answer.status_code)


def undeclared(names: list[str | None]) -> set[str | None]:
    return set(names) - set(ADDRESSES)


def test_every_address_is_declared() -> None:
    names = [pattern.name for pattern in patterns()]
    assert undeclared(names) == set()
    assert set(ADDRESSES) - set(names) == set()
    assert len(names) == len(set(names))


def test_an_address_without_a_declaration_is_seen() -> None:
    planted = [*get_resolver().url_patterns, path("back-door", lambda _: HttpResponse(), name="x")]
    assert undeclared([pattern.name for pattern in patterns(planted)]) == {"x"}
    nameless = [path("back-door", lambda _: HttpResponse())]
    assert undeclared([pattern.name for pattern in patterns(nameless)]) == {None}


def test_every_address_with_an_id_names_whose() -> None:
    with_id = {pattern.name for pattern in patterns() if pattern.pattern.converters}
    assert with_id == set(NAMES)


def test_each_method_answers_each_visitor_as_declared(world: World) -> None:
    wrong = []
    for name, methods in ADDRESSES.items():
        url = address(name, world.mine)
        for method in METHODS:
            declared = methods.get(method, dict.fromkeys(As, "405"))
            for who in As:
                answer = said(asked(world.browser(who), method, url))
                if answer != declared[who]:
                    wrong.append(f"{method} {name} as {who}: {answer}, not {declared[who]}")
    assert wrong == []


# --- Somebody else's and missing -----------------------------------------------------------------


def told(answer: HttpResponse, names: dict[str, UUID]) -> tuple[int, int, str, dict[str, str]]:
    """Everything that an answer tells, but for the id that the reader typed."""
    body = answer.content.decode(errors="replace")
    length = len(answer.content)
    for value in names.values():
        # The number of a line stands elsewhere too: it is an id after a slash only.
        body = body.replace(str(value) if isinstance(value, UUID) else f"/{value}", "ID")
    return answer.status_code, length, body, dict(answer.headers)


@pytest.mark.parametrize("name", sorted(NAMES.keys() - BY_SECRET - BY_NAME))
def test_somebody_else_s_and_missing_are_told_alike(world: World, name: str) -> None:
    for method, language in product(("GET", "HEAD", "POST"), ("fr", "en")):
        answers = []
        theirs = named_by(name, world.theirs)
        for names in (theirs, {key: _missing(one) for key, one in theirs.items()}):
            url = reverse(f"portal:{name}", kwargs=names).replace("/fr/", f"/{language}/", 1)
            answer = asked(world.browser(As.MEMBER), method, url)
            if said(answer) == "contract":  # led to the page itself: what does that one say?
                answer = asked(world.browser(As.MEMBER), method, answer["Location"])
            answers.append(told(answer, names))
        assert answers[0] == answers[1]
        assert answers[0][0] in {404, 405}


def _missing(like: UUID | int | str) -> UUID | int | str:
    """An id that nobody has, as long as the other; what is named by a word is everyone's."""
    if isinstance(like, str):
        return like
    return new_id() if isinstance(like, UUID) else int("9" * len(str(like)))


@pytest.mark.parametrize("key", ["person", "contract"])
@pytest.mark.parametrize("name", ["certificates", "certificate-new"])
def test_ids_in_a_query_are_told_alike_too(world: World, name: str, key: str) -> None:
    mine, theirs = asked_with(name, world.mine), asked_with(name, world.theirs)
    answers = []
    for value in (theirs[key], str(new_id())):
        page = reverse(f"portal:{name}", kwargs=named_by(name, world.mine))
        url = page + "?" + urlencode({**mine, key: value})
        answer = asked(world.browser(As.MEMBER), "GET", url)
        answers.append(told(answer, {key: UUID(value)}))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


# --- Forms ---------------------------------------------------------------------------------------


def test_a_form_from_another_site_is_refused(world: World) -> None:
    took = [
        f"{name} as {who}"
        for name, methods in ADDRESSES.items()
        if name not in WITHOUT_FORM_TOKEN
        for who in As
        if "POST" in methods
        and name not in WITHOUT_A_COOKIE
        and _status_of_a_foreign_form(world, name, who) != 403
    ]
    assert took == []


def _status_of_a_foreign_form(world: World, name: str, who: As) -> int:
    browser = world.browser(who, enforce_csrf_checks=True)
    return asked(browser, "POST", address(name, world.mine)).status_code
