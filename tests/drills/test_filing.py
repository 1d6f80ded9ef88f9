"""R3: a request is on file once, whatever dies under it and however often it is sent."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.database import apart, watching
from tests.drills import tell
from tests.drills.filing import AT_ONCE, ONCE, House, a_house, at_once, killed
from tests.drills.served import serving

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("DRILL_KILLS", "4"))
SEED = 20_261_122
Open = Callable[..., House]


@pytest.fixture
def house(transactional_db: None, tmp_path: Path) -> Iterator[Open]:
    with ExitStack() as leaving:

        def opened(*, program: str = "havre.project.cli") -> House:
            database = leaving.enter_context(apart())
            server = leaving.enter_context(serving(database, program=program))
            return a_house(database, server, tmp_path)

        yield opened


_KEYS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE contype IN ('p', 'u') AND conrelid IN ('cases_case'::regclass, 'cases_content'::regclass)
  AND conname NOT LIKE '%serial%'
"""


def without_keys(house: House) -> None:
    """Nothing in the database says that a request is there already."""
    with watching(house.database) as owner:
        for table, key in owner.execute(_KEYS).fetchall():
            owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{key}" CASCADE')


def test_a_request_is_on_file_once_though_its_server_is_killed(house: Open) -> None:  # R3
    opened = house()
    began = time.monotonic()
    seen = killed(opened, kills=KILLS, seed=SEED)
    took = time.monotonic() - began
    attempted = set(opened.log.told("attempted"))
    assert len(attempted) == KILLS * AT_ONCE
    assert set(opened.log.told("acknowledged")) == attempted
    assert {one: opened.found(one) for one in attempted} == dict.fromkeys(attempted, ONCE)
    assert seen["not there"] > 0
    assert seen["unknown"] > 0
    tell("R3", f"{KILLS} kills under {len(attempted)} sendings: {dict(seen)}; {took:.0f} s")


def test_fifty_sendings_at_once_are_one_request(house: Open) -> None:  # R3
    opened = house()
    draft, answers = at_once(opened)
    assert {(one.status, one.location) if one else None for one in answers} == {
        (302, f"/en/requests/{draft}/receipt")
    }
    assert opened.found(draft) == ONCE


def test_where_a_draft_is_no_key_the_same_drill_sees_doubles(house: Open) -> None:  # R3
    """The control: without lock, primary key and the draft's end, there are several of one."""
    opened = house(program="tests.drills.unguarded")
    without_keys(opened)
    draft, _ = at_once(opened)
    requests, numbers, *_ = opened.found(draft)
    assert requests > 1
    assert numbers > 1
    killed(opened, kills=2, seed=SEED)
    attempted = set(opened.log.told("attempted")) - {str(draft)}
    doubles = [one for one in attempted if opened.found(one)[0] > 1]
    tell("R3", f"control: {requests} requests of one draft, {len(doubles)} doubles after 2 kills")
    assert doubles
