"""A worker is killed in the middle of a job: the job comes back and is finished."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from havre.commons.notifications import tasks
from havre.foundation.db import Role
from tests.commons.notifications.worker_process import TASK
from tests.database import acting_as, address

pytestmark = pytest.mark.django_db(transaction=True)
STALLED_AFTER = 1.0
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def start_worker(*options: str) -> "subprocess.Popen[bytes]":
        url = address(str(connection.settings_dict["NAME"]), Role.WORKER)
        arguments = [url, str(tmp_path), str(STALLED_AFTER)]
        module = "tests.commons.notifications.worker_process"
        started.append(subprocess.Popen([sys.executable, "-m", module, *arguments, *options]))
        return started[-1]

    yield start_worker
    for worker in started:
        worker.kill()
        worker.wait()


def wait_for(what: Callable[[], bool], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.05)
    return False


def status() -> str:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", [TASK])
        return str(cursor.fetchone()[0])


def a_job_whose_worker_was_killed(folder: Path, start: Start) -> None:
    (folder / "hold").touch()
    app.configure_task(TASK, allow_unknown=True).defer()
    worker = start("--no-reaper")
    assert wait_for((folder / "started").exists, seconds=60)
    assert status() == "doing"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    (folder / "started").unlink()
    (folder / "hold").unlink()


def test_the_job_of_a_killed_worker_comes_back_and_finishes(tmp_path: Path, start: Start) -> None:
    a_job_whose_worker_was_killed(tmp_path, start)
    assert status() == "doing"  # by itself the queue would leave it so
    start()
    assert wait_for((tmp_path / "done").exists, seconds=60)
    assert wait_for(lambda: status() == "succeeded", seconds=5)


def test_without_the_reaper_it_would_stay_as_it_is(tmp_path: Path, start: Start) -> None:
    """The control: another worker, alive and with nothing else to do, does not take it up."""
    a_job_whose_worker_was_killed(tmp_path, start)
    start("--no-reaper")
    assert not wait_for((tmp_path / "done").exists, seconds=5)
    assert status() == "doing"


def test_a_job_whose_like_waits_already_holds_up_none_behind_it(
    tmp_path: Path, start: Start
) -> None:
    """Of a kind that is queued once, a second one cannot come back: it goes, and the others return."""
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status,"
            " scheduled_at) VALUES"
            " ('default', 'tests.sweep', 'once', 'todo', now() + interval '1 hour'),"
            " ('default', 'tests.sweep', 'once', 'doing', NULL),"
            " ('default', %s, NULL, 'doing', NULL)",
            [TASK],
        )
    start()
    assert wait_for((tmp_path / "done").exists, seconds=60)
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE queueing_lock = 'once'")
        assert cursor.fetchall() == [("todo",)]


def test_the_reaper_looks_often_and_waits_for_a_slow_heartbeat() -> None:
    """A worker tells that it lives every ten seconds; three missed and it is taken for dead."""
    (reaping,) = [
        found.cron
        for (name, _), found in app.periodic_registry.periodic_tasks.items()
        if name == "jobs.reap"
    ]
    assert reaping == "* * * * * */20"
    assert tasks.STALLED_AFTER_SECONDS >= 30
