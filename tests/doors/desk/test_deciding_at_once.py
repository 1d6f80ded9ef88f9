"""Two agents press at the same moment, each in a browser and with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from havre.foundation.db import Role
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import decisions, filed
from tests.doors.desk.test_deciding import fields_of
from tests.staff import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_agents_one_decides_and_the_other_is_told_who(desk_client: DeskClient) -> None:
    desks = {
        name: desk_client("AGENT", first_name=name, last_name="Martin") for name in ("Ines", "Omar")
    }
    case = filed()
    forms = {name: fields_of(desk.page(f"requests/{case.id}")) for name, desk in desks.items()}
    barrier = Barrier(2)

    def press(name: str, desk: Desk) -> tuple[str, int, str]:
        try:
            with acting_as(Role.DESK_WEB):
                barrier.wait(timeout=20)
                answer = desk.post(f"requests/{case.id}/decide", **forms[name], do="validate")
                return name, answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(press, desks, desks.values()), key=lambda one: one[1])
    (winner, gave, _page), (_loser, refused, page) = told
    assert (gave, refused) == (302, 409)
    assert f"{winner} Martin has it in hand. Nothing was done." in page
    assert [one.by for one in decisions(case)] == [str(desks[winner].id)]
