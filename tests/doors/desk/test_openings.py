"""Who looks after who looks: the list of what was opened, over all households."""

from datetime import UTC, datetime, timedelta

import pytest

from havre.commons.audit.models import Opening
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER, a_household
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.house.test_statement_counts import statements

pytestmark = pytest.mark.django_db


def opened(count: int, *, staff: object, ended: bool = True) -> None:
    now = datetime.now(UTC)
    rows = [
        Opening(
            id=new_id(),
            household_id=a_household() if number == 0 else rows_home,
            staff_id=staff,
            staff_name="Nadia",
            purpose="QUESTION",
            at=now - timedelta(hours=2, seconds=number),
            until=now - timedelta(hours=1) if ended else now + timedelta(hours=1),
        )
        for rows_home in [a_household()]
        for number in range(count)
    ]
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Opening.objects.bulk_create(rows)


def test_what_is_open_now_and_what_was(desk_client: DeskClient) -> None:
    desk = desk_client("DATA_PROTECTION_OFFICER")
    assert "Nothing was opened" in desk.page("openings")
    opened(1, staff=desk.id)
    assert "Nadia Ferrand" in desk.page("openings")
    assert "Nobody has anything open now." in desk.page("openings?live=1")
    opened(1, staff=desk.id, ended=False)
    assert "Nadia Ferrand" in desk.page("openings?live=1")


@pytest.mark.parametrize("rows", [1, 50, 5000])
def test_the_same_statements_whatever_there_is(desk_client: DeskClient, rows: int) -> None:
    desk = desk_client("DATA_PROTECTION_OFFICER")
    opened(rows, staff=desk.id)
    with statements() as sent:
        desk.page("openings")
    assert len(sent) == 9
