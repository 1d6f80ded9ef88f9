"""What members say of themselves is confirmed: a feed that says otherwise waits; two tabs do not clash."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from havre.domains.people.access import may_change_contact
from havre.domains.people.actions import ChangedMeanwhile, change_contact
from havre.domains.people.models import Membership
from havre.domains.people.words import Contact, FamilyLink
from havre.foundation.addresses import PostalAddress
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, a_household, a_member
from tests.database import acting_as
from tests.journeys.loading.feeds import a_person
from tests.journeys.loading.tables import loaded, query

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
ADDRESS = PostalAddress(("1 Main St",), "US", "02116", "Boston", region="MA")


@pytest.fixture
def known() -> Membership:
    household = a_household(external_id="H-1")
    return a_member(household=household, person={"external_id": "P-1"}, phone="+33199000000")[1]


def change(known: Membership, what: Contact, value: Any, **changes: Any) -> bool:
    fields = {"shown": None, "now": NOW} | changes
    household = known.household_id
    with acting(actor=BUILDER, role=Role.MEMBER, household=household):
        return change_contact(
            household=household, membership=known.id, what=what, value=value, **fields
        )


def test_no_feed_replaces_what_a_member_said(known: Membership) -> None:  # W21 S4
    change(known, Contact.PHONE, "+33199001234")
    change(known, Contact.ADDRESS, ADDRESS)
    loaded(a_person(phone="+33199005678"))
    assert query("SELECT phone, city, region FROM people_membership") == [
        ("+33199001234", "Boston", "MA")
    ]
    assert query("SELECT field FROM people_difference") == [("phone",)]


def test_saying_the_same_confirms_it_once(known: Membership) -> None:
    assert change(known, Contact.PHONE, "+33199000000") is False
    loaded(a_person(phone="+33199005678"))
    assert query("SELECT phone FROM people_membership") == [("+33199000000",)]


def test_a_value_that_changed_meanwhile_is_not_replaced(known: Membership) -> None:
    change(known, Contact.PHONE, "+33199001234")
    with pytest.raises(ChangedMeanwhile):
        change(known, Contact.PHONE, "+33199005678", now=NOW + timedelta(minutes=1))
    assert change(known, Contact.PHONE, "+33199005678", shown=NOW) is True


def test_the_history_names_who_changed_what(known: Membership) -> None:
    change(known, Contact.PHONE, "+33199001234")
    assert query(
        "SELECT role, actor, before->>'phone', after->>'phone' FROM audit_change"
        " WHERE table_name='people_membership' AND operation='UPDATE'"
    ) == [("havre_member", "tests", "+33199000000", "+33199001234")]


def test_a_member_changes_no_number_and_no_link(known: Membership) -> None:
    household = known.household_id
    for column in ("adherent_number", "link", "person_id"):
        with (
            pytest.raises(Exception, match="permission denied"),
            acting(actor=BUILDER, role=Role.MEMBER, household=household),
        ):
            Membership.objects.filter(id=known.id).update(**{column: getattr(known, column)})
    with acting_as(Role.OWNER):
        assert Membership.objects.get(id=known.id).link == "HOLDER"


@pytest.mark.parametrize(
    ("link", "own", "adult", "may"),
    [
        (FamilyLink.HOLDER, True, True, True),
        (FamilyLink.HOLDER, False, False, True),
        (FamilyLink.HOLDER, False, True, False),
        (FamilyLink.SPOUSE, False, False, False),
        (FamilyLink.CHILD, True, False, True),
        (FamilyLink.CHILD, False, False, False),
    ],
)
def test_who_may_change_whose_contact(
    link: FamilyLink, *, own: bool, adult: bool, may: bool
) -> None:
    assert may_change_contact(link=link, own=own, adult=adult) is may
