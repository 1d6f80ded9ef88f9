"""Who sees my care: the page by which each adult decides, and the account of one's own."""

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership, Person, Sharing
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import a_line, a_member, a_transfer
from tests.database import acting_as
from tests.doors.portal.conftest import TODAY, Member, signed_in

WORKER = Actor(name="tests", channel=Channel.JOB, purpose="read what was done")
PAGE = "who-sees-my-care"


@pytest.fixture
def spouse(claire: Member) -> tuple[Person, Membership]:
    """Mathieu, of age, with an account and an address."""
    return a_member(
        household=claire.household,
        person={"first_name": "Mathieu", "birth_date": date(1984, 9, 2)},
        link="SPOUSE",
        adherent_number="HV 2",
        email="mathieu@example.org",
    )


@pytest.fixture
def mathieu(spouse: tuple[Person, Membership]) -> Member:
    return signed_in(person=spouse[0], membership=spouse[1])


def decide(member: Member, reader: Person, choice: str) -> None:
    data = {"reader": str(reader.id), "choice": choice}
    answer = member.client.post(f"/en/{PAGE}", data)
    assert (answer.status_code, answer["Location"]) == (302, f"/en/{PAGE}")


def mails() -> list[str]:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True))


def test_an_adult_shares_and_takes_it_back_with_effect_at_once(
    claire: Member, mathieu: Member
) -> None:
    transfer = a_transfer(household=claire.household, settled_on=TODAY)
    a_line(person=claire.person, transfer=transfer, act="Ophtalmologue")
    a_line(person=claire.person, transfer=transfer, act="Psychiatre", sensitive=True)
    assert "Ophtalmologue" not in mathieu.page("reimbursements")
    assert "Mathieu sees amounts only." in claire.page(PAGE)

    decide(claire, mathieu.person, "share")
    decide(claire, mathieu.person, "share")  # a double click
    assert "Mathieu sees your care" in claire.page(PAGE)
    assert "Claire lets you see their care." in mathieu.page(PAGE)
    html = mathieu.page("reimbursements")
    assert "Ophtalmologue" in html
    assert "Psychiatre" not in html

    decide(claire, mathieu.person, "stop")
    assert "Ophtalmologue" not in mathieu.page("reimbursements")
    # He was told each time, without a word of care; she has nothing to be told.
    assert mails() == ["confidentiality.shared", "confidentiality.no_longer_shared"]


@pytest.mark.parametrize("reader", ["me", "child", "former", "nobody", "nonsense"])
def test_care_is_shared_with_another_adult_of_the_household_only(
    claire: Member, reader: str
) -> None:
    child = a_member(
        household=claire.household, person={"birth_date": date(2012, 1, 1)}, link="CHILD"
    )[0]
    former = a_member(household=claire.household, link="SPOUSE", membership_end=date(2026, 6, 14))
    ids = {
        "me": str(claire.person.id),
        "child": str(child.id),
        "former": str(former[0].id),
        "nobody": "01a202ee-670a-7484-b272-ba1428f7473d",
    }
    data = {"reader": ids.get(reader, "x"), "choice": "share"}
    assert claire.client.post(f"/en/{PAGE}", data).status_code == 404
    with acting_as(Role.OWNER):
        assert not Sharing.objects.exists()


def test_a_minor_is_told_who_sees_and_has_nothing_to_choose(claire: Member) -> None:
    person, membership = a_member(
        household=claire.household,
        person={"first_name": "Inès", "birth_date": date(2010, 1, 1)},
        link="CHILD",
        adherent_number="HV 3",
    )
    ines = signed_in(person=person, membership=membership)
    assert "You are not of age yet" in ines.page(PAGE)
    data = {"reader": str(claire.person.id), "choice": "share"}
    assert ines.client.post(f"/en/{PAGE}", data).status_code == 404


def test_the_holder_asks_for_a_number_and_then_reads_how_an_account_is_opened(
    claire: Member,
) -> None:
    adult, place = a_member(household=claire.household, person={"first_name": "Noé"}, link="CHILD")
    address = f"{PAGE}/{adult.id}/account"
    assert "Ask for a number for Noé" in claire.page(address)
    answer = claire.client.post(f"/en/{address}")
    assert answer["Location"] == f"/en/{address}?asked"
    assert "The number is on its way" in claire.page(f"{address}?asked")
    with acting_as(Role.OWNER):
        (job,) = ProcrastinateJob.objects.all()
        Membership.objects.filter(id=place.id).update(adherent_number="HV123456789")
    assert job.args == {"household": str(claire.household), "membership": str(place.id)}
    html = claire.page(address)
    assert "HV123456789" in html
    assert "Create my account" in html


def test_only_the_holder_asks(claire: Member, mathieu: Member) -> None:
    assert "An account for" not in mathieu.page(PAGE)
    for member, person in ((mathieu, claire.person), (claire, claire.person)):
        address = f"/en/{PAGE}/{person.id}/account"
        assert member.client.get(address).status_code == 404
        assert member.client.post(address).status_code == 404


def test_home_tells_who_came_of_age_for_a_while(claire: Member) -> None:
    for name, born in (("Inès", date(2008, 6, 1)), ("Jules", date(2008, 1, 1))):
        a_member(
            household=claire.household,
            person={"first_name": name, "birth_date": born},
            link="CHILD",
        )
    html = claire.page("")
    assert "Inès is of age" in html
    assert "Jules is of age" not in html
