"""The queue: what waits is found, taken, given, put off, by those who may and by nobody else."""

from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import as_it_stands, filed, item_of


def test_what_waits_is_listed_by_kind_number_and_name(desk_client: DeskClient) -> None:
    case = filed()
    page = desk_client("AGENT").page("queue")
    assert case.number in page
    assert "Another request" in page


def test_the_next_one_is_taken_and_its_member_reads_that_it_is_looked_at(
    desk_client: DeskClient,
) -> None:
    case, desk = filed(), desk_client("AGENT")
    answer = desk.post("queue/next")
    assert answer["Location"] == f"/desk/requests/{case.id}"
    assert as_it_stands(case).read_at is not None
    item = item_of(case)
    assert item and item.assigned_to == desk.id
