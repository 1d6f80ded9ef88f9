"""With a database that only reads, every page reads as it did, and nothing pretends to be saved."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as given
from django.db import connection, transaction
from django.test import Client

from havre.commons.content.queries import forget_terms_version
from tests.house.addresses import ADDRESSES, BY_NAME, BY_SECRET
from tests.house.test_urls import address, said
from tests.house.visitors import NOW, As, World, a_world

pytestmark = pytest.mark.django_db
SAVES_NOTHING = {"sign-out"}


@pytest.fixture
def world(settings) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        made = a_world()
        settings.HAVRE = given.HAVRE.model_copy(update={"READ_ONLY": True})
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        yield made
        transaction.set_rollback(True)
    forget_terms_version()


def names(method: str) -> list[str]:
    return [
        name
        for name, methods in ADDRESSES.items()
        if method in methods and name not in BY_NAME | BY_SECRET
    ]


@pytest.mark.parametrize("who", [As.NOBODY, As.MEMBER])
@pytest.mark.parametrize("name", names("GET"))
def test_every_page_reads_as_it_did(world: World, name: str, who: As) -> None:
    answer = world.browser(who).get(address(name, world.mine))

    assert said(answer) == ADDRESSES[name]["GET"][who]


@pytest.mark.parametrize("name", [one for one in names("POST") if one != "front"])
def test_whatever_is_sent_is_refused_in_words(world: World, name: str) -> None:
    browser = world.browser(As.MEMBER)

    answer = browser.post(address(name, world.mine), {"sent": "yes"})

    if name in SAVES_NOTHING:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 503
        assert "n’est pas enregistré" in answer.content.decode()


def test_the_gate_says_that_nobody_new_signs_in(world: World) -> None:
    gate = Client(SERVER_NAME="localhost").get("/en/sign-in").content.decode()

    assert "New sign-ins will be possible again soon." in gate
    assert 'name="password"' not in gate


def test_a_session_lasts_although_its_use_leaves_no_trace(world: World) -> None:
    browser = world.browser(As.MEMBER)
    with time_machine.travel(NOW + timedelta(hours=11), tick=False):
        assert browser.get("/en/contracts").status_code == 200
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert browser.get("/en/contracts").status_code == 302
