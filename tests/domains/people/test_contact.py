"""Setting how a member is reached, by the desk."""

from typing import Any

import pytest
from django.db import ProgrammingError

from havre.domains.people.actions import UnknownNumber, WrongAddress, set_contact
from havre.foundation.db import Role
from tests.builders import NOW, a_member
from tests.database import acting_as
from tests.journeys.loading.tables import everything, query

pytestmark = pytest.mark.django_db


def a_contact(**changes: Any) -> bool:
    with acting_as(Role.WORKER):
        fields = {"adherent_number": "hv-1", "email": "neuf@exemple.example", "by": "operator"}
        return set_contact(**(fields | changes), now=NOW)


def test_the_address_is_set_confirmed_and_in_the_history() -> None:
    a_member(adherent_number="HV 1", email="vieux@exemple.example")
    a_member(adherent_number="HV 2", email="autre@exemple.example")

    assert a_contact()

    assert query(
        "SELECT email, origin->'email'->>'by', origin->'email'->>'confirmed' "
        "FROM people_membership ORDER BY adherent_number"
    ) == [("neuf@exemple.example", "DESK", "true"), ("autre@exemple.example", None, None)]
    assert query(
        "SELECT actor, channel, before->>'email', after->>'email' FROM audit_change "
        "WHERE table_name = 'people_membership' AND operation = 'UPDATE'"
    ) == [("operator", "COMMAND", "vieux@exemple.example", "neuf@exemple.example")]


def test_the_same_address_again_writes_nothing() -> None:
    a_member(adherent_number="HV 1")
    a_contact()
    before = everything()

    assert not a_contact()
    assert everything() == before


def test_an_address_that_a_feed_brought_becomes_confirmed() -> None:
    a_member(adherent_number="HV 1", email="neuf@exemple.example")

    assert a_contact()
    assert query("SELECT origin->'email'->>'confirmed' FROM people_membership") == [("true",)]


def test_an_unknown_number_is_refused_without_repeating_it() -> None:
    a_member(adherent_number="HV 1")

    with pytest.raises(UnknownNumber) as refused:
        a_contact(adherent_number="HV 9")
    assert "HV" not in str(refused.value)


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a b@exemple.example"])
def test_a_wrong_address_is_refused(email: str) -> None:
    a_member(adherent_number="HV 1")

    with pytest.raises(WrongAddress) as refused:
        a_contact(email=email)
    assert str(refused.value) == "This is not an e-mail address."


def test_what_stands_around_an_address_is_no_part_of_it() -> None:
    a_member(adherent_number="HV 1")

    a_contact(email=" neuf@exemple.example\n")

    assert query("SELECT email FROM people_membership") == [("neuf@exemple.example",)]


def test_the_web_cannot_set_a_contact() -> None:
    a_member(adherent_number="HV 1")

    with pytest.raises(ProgrammingError, match="permission denied"):
        set_contact(adherent_number="HV 1", email="x@exemple.example", by="web", now=NOW)
