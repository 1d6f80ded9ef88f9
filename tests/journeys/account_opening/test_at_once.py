"""The same job taken by two workers at the same moment: it acts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from havre.foundation.db.roles import Role
from havre.journeys.account_opening.matching import Outcome, match
from tests.builders import NOW
from tests.database import acting_as
from tests.journeys.account_opening.asking import ask, kinds, the_member

pytestmark = pytest.mark.django_db(transaction=True)


def _by_two_workers(request: UUID) -> set[Outcome]:
    barrier = Barrier(2)

    def work(_rank: int) -> Outcome:
        try:
            with acting_as(Role.WORKER):
                barrier.wait(timeout=20)
                return match(request_id=request, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return set(threads.map(work, range(2)))


def test_two_workers_with_one_request_act_once() -> None:
    for number in ("HV 100", "HV 200", "HV 300"):
        the_member(adherent_number=number)
        request = ask(adherent_number=number)
        assert _by_two_workers(request) == {Outcome.OPENED, Outcome.DONE_BEFORE}
    assert len(kinds()) == 6
