"""What an operator types about staff, on the tests' database, signed in as the worker."""

import pytest
from click.testing import CliRunner, Result
from tests.database import acting_as
from tests.staff import a_staff

from havre.commons.notifications.models import OutgoingMail
from havre.commons.staff.models import CodeApp, StaffMember
from havre.foundation.db import Role
from havre.project.cli import main, starting

pytestmark = pytest.mark.django_db
ANNE = ("--first-name", "Anne", "--last-name", "Tessier", "anne@house.example")


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django runs already here, on the tests' database."""
    monkeypatch.setattr(starting, "start", lambda _user: None)


def havre(*arguments: str) -> Result:
    with acting_as(Role.WORKER):
        return CliRunner().invoke(main, ["staff", *arguments])


def test_the_first_administrator_is_invited_from_the_machine() -> None:
    assert havre("invite", "--role", "administrator", *ANNE).exit_code == 0
    with acting_as(Role.OWNER):
        assert StaffMember.objects.get().roles == ["ADMINISTRATOR"]
        assert OutgoingMail.objects.get().kind == "staff.invited"
    again = havre("invite", "--role", "administrator", *ANNE)
    assert again.exit_code == 1
    assert "works here already" in again.stderr
    assert havre("invite", "--role", "janitor", *ANNE).exit_code == 2


def test_the_last_administrator_who_lost_everything_comes_back_by_the_machine() -> None:
    boss = a_staff("ADMINISTRATOR", email="boss@house.example")
    refused = havre("end", "boss@house.example")
    assert refused.exit_code == 1
    assert "make another one first" in refused.stderr
    assert havre("again", "boss@house.example").exit_code == 0
    with acting_as(Role.OWNER):
        assert StaffMember.objects.get(id=boss.id).state == "INVITED"
        assert not CodeApp.objects.exists()
    assert havre("again", "nobody@house.example").exit_code == 1


def test_access_ends_and_the_list_says_so_without_an_address() -> None:
    a_staff("AGENT", email="nadia@house.example")
    assert havre("end", "Nadia@house.example").exit_code == 0
    told = havre("list").stdout
    assert "Nadia Ferrand  agent  ended since" in told
    assert "@" not in told
