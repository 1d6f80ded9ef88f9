"""A death takes two persons and ends what the law ends; it is undone while nothing came after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from havre.commons.accounts.models import Account
from havre.commons.notifications.models import OutgoingMail, SilencedMember
from havre.commons.worklist.models import WorkItem
from havre.domains.contracts.models import Cover
from havre.domains.people.models import Departure, Membership, Person, Sharing
from havre.foundation.db import Role
from tests.builders import (
    a_contract,
    a_cover,
    a_member,
    a_membership,
    a_person,
    a_sharing,
    an_active_account,
)
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
DAY = "2026-01-15"


@pytest.fixture
def claire() -> Membership:
    """Covered, with an account, and seeing the care of her husband."""
    person, membership = a_member(
        person={"first_name": "Claire"}, adherent_number="HV000000042", email="claire@exemple.org"
    )
    an_active_account(membership=membership)
    a_cover(contract=a_contract(household=person.household_id), person=person)
    husband = a_person(household=person.household_id, first_name="Malo")
    a_membership(person=husband, link="SPOUSE")
    a_sharing(person=husband, reader=person)
    return membership


def do(desk: Desk, membership: Membership, what: str, **form: str) -> int:
    with acting_as(Role.OWNER):
        rows = Departure.objects.filter(membership_id=membership.id).order_by("-id")
        shown = str(rows.values_list("id", flat=True).first() or "")
    sent = {"do": what, "channel": "PHONE", "departure": shown, **form}
    return int(desk.post(f"members/{membership.id}/departure", **sent).status_code)


def say(desk: Desk, membership: Membership, kind: str = "DEATH", day: str = DAY) -> int:
    read = f"{kind} {day} True"
    return do(desk, membership, "record", kind=kind, day=day, ends_covers="on", read=read)


def state(membership: Membership) -> tuple[object, ...]:
    """The day of death, the state of the account, the end of the cover, agreements that stand."""
    with acting_as(Role.OWNER):
        account = Account.objects.get(membership_id=membership.id)
        return (
            Person.objects.get(id=membership.person_id).deceased_on,
            account.state,
            Cover.objects.get().last_day,
            Sharing.objects.filter(withdrawn_at=None).count(),
        )


def test_what_follows_is_read_before_anything_is_recorded(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client()
    before = state(claire)
    answer = desk.post(
        f"members/{claire.id}/departure", do="look", channel="PHONE", kind="DEATH", day=DAY
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    for told in ("Nobody enters any more", "The agreement with Malo", "15 January 2026"):
        assert told in page or told.replace("15 January", "15 Jan") in page
    assert f'name="read" value="DEATH {DAY} False"' in page
    # Another day than the one that was read is shown, not recorded.
    other = {"kind": "DEATH", "day": "2026-01-16", "read": f"DEATH {DAY} False"}
    assert do(desk, claire, "record", **other) == 200
    assert state(claire) == before
    with acting_as(Role.OWNER):
        assert not Departure.objects.exists()


def test_a_death_takes_two_persons_and_ends_access_agreements_mails_and_covers(
    desk_client: DeskClient, claire: Membership
) -> None:  # W13
    desk, second, agent = desk_client("SUPERVISOR"), desk_client("SUPERVISOR"), desk_client()
    before = state(claire)
    desk.post(f"members/{claire.id}/account", act="password", channel="PHONE")
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert say(desk, claire, day=tomorrow) == 422
    assert say(desk, claire) == 302
    assert say(agent, claire) == 422  # one waits
    assert state(claire) == before
    with acting_as(Role.OWNER):
        assert WorkItem.objects.get(kind="departure").kept_from == desk.id
    assert do(desk, claire, "confirm") == 422  # nobody is their own second person
    assert do(agent, claire, "confirm") == 422
    assert do(second, claire, "confirm") == 302
    assert do(second, claire, "confirm") == 422  # clicked twice
    assert state(claire) == (date(2026, 1, 15), "DISABLED", date(2026, 1, 15), 0)
    with acting_as(Role.OWNER):
        assert not WorkItem.objects.filter(kind="departure").exists()
        assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"EXPIRED"}
        assert SilencedMember.objects.get().membership_id == claire.id


def test_a_death_is_undone_but_for_what_cannot_come_back(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk, second = desk_client("SUPERVISOR"), desk_client("SUPERVISOR")
    before = state(claire)
    with acting_as(Role.OWNER):
        Account.objects.update(
            state="SUSPENDED", closed_for="REPORTED", closed_at=datetime.now(UTC), closed_by="owner"
        )
    say(desk, claire)
    do(second, claire, "confirm")
    assert do(desk, claire, "undo") == 302
    # Closed as it was, not opened; and whoever agreed agrees again.
    assert state(claire) == (None, "SUSPENDED", before[2], 0)
    with acting_as(Role.OWNER):
        assert not SilencedMember.objects.exists()
        assert "deceased_on" not in Person.objects.get(id=claire.person_id).origin
    assert do(desk, claire, "undo") == 422


def test_what_moved_since_is_not_undone(desk_client: DeskClient, claire: Membership) -> None:
    desk, second = desk_client("SUPERVISOR"), desk_client("SUPERVISOR")
    say(desk, claire)
    do(second, claire, "confirm")
    with acting_as(Role.OWNER):
        Person.objects.filter(id=claire.person_id).update(deceased_on=date(2026, 1, 16))
    assert do(desk, claire, "undo") == 422
    assert state(claire)[:2] == (date(2026, 1, 16), "DISABLED")


def test_a_death_that_was_refused_changes_nothing_and_may_be_said_again(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client("SUPERVISOR")
    before = state(claire)
    say(desk, claire)
    assert do(desk, claire, "refuse") == 302
    assert state(claire) == before
    assert say(desk, claire) == 302


def test_relations_end_by_one_person_and_access_goes_on(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client()
    before = state(claire)
    assert say(desk, claire, kind="END") == 302
    assert state(claire) == (None, "ACTIVE", date(2026, 1, 15), 0)
    with acting_as(Role.OWNER):
        assert str(Membership.objects.get(id=claire.id).membership_end) == DAY
        assert not SilencedMember.objects.exists()
    assert do(desk, claire, "undo") == 302
    assert state(claire)[:3] == before[:3]
    with acting_as(Role.OWNER):
        assert Membership.objects.get(id=claire.id).membership_end is None


def test_the_database_itself_asks_for_two(desk_client: DeskClient, claire: Membership) -> None:
    desk = desk_client("SUPERVISOR")
    say(desk, claire)
    with pytest.raises(Exception, match="two_persons_record_a_death"), acting_as(Role.OWNER):
        Departure.objects.update(state="EFFECTIVE", decided_by=desk.id)
