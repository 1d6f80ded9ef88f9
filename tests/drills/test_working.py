"""R4: whatever workers die of, what they were at is finished, and its effect is there once."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from havre.commons.documents import queries
from tests.database import apart
from tests.drills import tell
from tests.drills.working import (
    DONE,
    Effects,
    Workshop,
    deliveries,
    effects,
    finished,
    give_work,
    killed,
    working,
)

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("DRILL_WORKER_KILLS", "20"))
SEED = 20_261_122
Open = Callable[..., Workshop]
NOTHING = Effects({}, {}, {}, {})


@pytest.fixture
def shop(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(settings.HAVRE, "DOCUMENTS_FOLDER", tmp_path / "documents")
    (tmp_path / "mails").mkdir()
    queries.files.cache_clear()
    with ExitStack() as leaving:

        def opened(*options: str, work: int) -> Workshop:
            database = leaving.enter_context(apart())
            give_work(work)
            return leaving.enter_context(working(database, tmp_path, *options))

        yield opened
    queries.files.cache_clear()


def test_all_that_workers_were_killed_at_is_finished_once(shop: Open) -> None:  # R4
    opened = shop(work=max(KILLS // 5, 4))
    began = time.monotonic()
    dead = killed(opened, kills=KILLS, seed=SEED)
    assert finished(opened.database) == {}
    took = time.monotonic() - began
    assert effects(opened) == NOTHING
    sent = deliveries(opened.folder)
    tell("R4", f"{dead} workers killed, {len(sent)} mails handed over; {took:.0f} s")
    assert dead == KILLS


def test_without_the_reaper_some_of_it_is_never_finished(shop: Open) -> None:  # R4
    """The control: what the dead were at stays as it was, though another worker lives."""
    opened = shop("--no-reaper", work=4)
    dead = killed(opened, kills=6, seed=SEED)
    stuck = finished(opened.database, seconds=5)
    tell("R4", f"control without the reaper: {dead} killed, for ever unfinished: {stuck}")
    assert any(one.endswith(" doing") for one in stuck)


def test_where_what_is_done_is_forgotten_it_is_done_twice(shop: Open) -> None:  # R4
    """The control: a decision that looks at nothing before it takes effect."""
    opened = shop("--no-guard", work=8)
    killed(opened, kills=24, seed=SEED, where=[DONE])  # some die too late to be seen at it
    assert finished(opened.database) == {}
    twice = effects(opened).decisions
    tell("R4", f"control without the guard: {len(twice)} decisions told {twice.values()} times")
    assert twice
