"""Addresses are remembered by language and place, and never with somebody's id."""

from uuid import UUID, uuid4

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import translation

from havre.doors.ui import addresses
from havre.doors.ui.addresses import url


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    addresses._remembered.cache_clear()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_the_address_that_django_gives(language: str) -> None:
    row = uuid4()
    with translation.override(language):
        for _ in range(2):
            assert url("portal:contracts") == reverse("portal:contracts")
            assert url("portal:contract", id=row) == reverse("portal:contract", kwargs={"id": row})


def test_a_change_of_language_is_followed() -> None:
    with translation.override("fr"):
        assert url("portal:contracts") == "/fr/contracts"
    with translation.override("en"):
        assert url("portal:contracts") == "/en/contracts"


def test_a_change_of_place_is_followed() -> None:
    with translation.override("fr"):
        assert url("portal:contracts") == "/fr/contracts"
        set_script_prefix("/space/")
        try:
            assert url("portal:contracts") == "/space/fr/contracts"
        finally:
            set_script_prefix("/")


def test_no_id_is_remembered() -> None:
    rows = [uuid4() for _ in range(50)]
    with translation.override("fr"):
        made = {url("portal:contract", id=row) for row in rows}
    assert made == {f"/fr/contracts/{row}" for row in rows}
    assert addresses._remembered.cache_info().currsize == 1


def test_a_page_that_is_not_there_is_an_error() -> None:
    for arguments in ({}, {"id": uuid4()}, {"id": "x"}, {"slug": UUID(int=1)}):
        with pytest.raises(NoReverseMatch):
            url("portal:no-such-page", **arguments)
