"""Who shares an address with another adult, or is too young, is not sent the secrets of an account."""

from datetime import date
from typing import Any

import pytest

from havre.commons.accounts.models import OpeningReview
from havre.commons.accounts.words import ReviewReason
from havre.foundation.db import Role, acting
from havre.journeys.account_opening.matching import Outcome
from tests.builders import a_member, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import EMAIL, WORKER, asked, kinds, the_member

pytestmark = pytest.mark.django_db


def _reasons() -> list[str]:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return list(OpeningReview.objects.values_list("reason", flat=True))


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper()])
def test_an_address_that_two_adults_share_is_told_apart_by_a_person(email: str) -> None:
    membership = the_member()
    a_member(household=membership.household_id, link="SPOUSE", email=email)
    assert asked() is Outcome.TO_REVIEW
    assert _reasons() == [ReviewReason.SHARED_EMAIL]
    assert kinds() == []


@pytest.mark.parametrize(
    "other",
    [
        {"email": "another@example.org"},
        {"email": None},
        {"email": EMAIL, "person": {"birth_date": date(2015, 3, 5)}},
    ],
)
def test_a_childs_place_at_the_same_address_holds_nobody_up(other: dict[str, Any]) -> None:
    membership = the_member()
    a_member(household=membership.household_id, link="CHILD", **other)
    assert asked() is Outcome.OPENED


def test_an_account_that_is_open_is_recalled_at_a_shared_address_without_a_secret() -> None:
    membership = the_member()
    a_member(household=membership.household_id, link="SPOUSE", email=EMAIL)
    an_active_account(membership=membership)
    assert asked() is Outcome.ALREADY_OPEN
    assert kinds() == ["already_open"]


@pytest.mark.parametrize(
    ("born", "outcome"),
    [(date(2011, 6, 15), Outcome.OPENED), (date(2011, 6, 16), Outcome.TOO_YOUNG)],
)
def test_an_account_is_opened_from_fifteen(born: date, outcome: Outcome) -> None:
    the_member(person={"birth_date": born})
    assert asked(birth_date=born) is outcome
