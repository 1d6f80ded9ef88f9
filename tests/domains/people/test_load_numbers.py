"""Adherent numbers that are issued: nobody's before, and telling nothing."""

import re
from collections.abc import Collection

import pytest

from havre.domains.people.actions import numbers
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, a_member
from tests.database import acting_as

pytestmark = pytest.mark.django_db


def issued(count: int, *, besides: Collection[str] = ()) -> list[str]:
    with acting_as(Role.WORKER), acting(actor=BUILDER, role=Role.BATCH):
        return numbers.issue_numbers(count, besides=besides)


def test_a_number_that_somebody_holds_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    a_member(adherent_number="HV 000000001")
    drawn = iter([1, 2, 1, 3, 4])
    monkeypatch.setattr(numbers.secrets, "randbelow", lambda _below: next(drawn))

    assert issued(1, besides={"HV000000002"}) == ["HV000000003"]


def test_as_many_as_asked_for_and_all_different() -> None:
    many = issued(500)

    assert len(set(many)) == 500
    assert all(re.fullmatch("HV[0-9]{9}", number) for number in many)
