"""One transaction: all or nothing, one loading at a time, as many statements for many as for few."""

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from havre.domains.health import actions as health
from havre.exchanges.jsonl import write
from havre.foundation.db import Role
from havre.journeys.loading import members
from havre.journeys.loading.load import load
from havre.journeys.loading.report import Outcome
from tests import database
from tests.database import acting_as
from tests.journeys.loading.feeds import a_contract, a_line, a_person, a_transfer, gathered
from tests.journeys.loading.tables import NOW, everything, loaded, query, refusals

FEED = (a_person(), a_contract(), a_transfer(), a_line())


@pytest.mark.django_db
def test_a_dry_run_tells_every_row_and_keeps_nothing() -> None:
    before = everything()

    report = loaded(*FEED, dry_run=True)

    assert list(report.lines())[:4] == [
        "feed.jsonl, line 1: person S/P-1: NEW",
        "feed.jsonl, line 2: contract S/K-1: NEW",
        "feed.jsonl, line 3: transfer S/T-1: NEW",
        "feed.jsonl, line 4: line S/L-1: NEW",
    ]
    assert everything() == before


@pytest.mark.django_db
def test_a_loading_that_breaks_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_lines: object) -> None:
        raise OSError("disk")

    before = everything()
    with monkeypatch.context() as patch:
        patch.setattr(health, "load_lines", breaks)
        with pytest.raises(OSError, match="disk"):
            loaded(*FEED)
    assert everything() == before


@pytest.mark.django_db
def test_a_constraint_refuses_the_feed_by_name_and_repeats_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded(a_person(), a_contract(end=date(2026, 12, 31)))
    monkeypatch.setattr(members, "_refuse_wrong_ends", lambda *_: None)

    late = a_contract(number="SECRET", start=date(2027, 1, 1), covers=())
    assert refusals(a_person(email="n@exemple.example"), late) == [
        "feed.jsonl: the database refuses a record "
        "(contracts_contract: contract_ends_after_it_starts); nothing was loaded"
    ]
    assert query("SELECT email FROM people_membership") == [(None,)]


@pytest.mark.django_db
def test_warnings_are_told_beside_their_record() -> None:
    report = loaded(a_person(phone="0199001234"))

    (warning,) = report.rows
    assert (warning.kind, warning.identity, warning.outcome) == ("person", "S/P-1", Outcome.WARNING)
    assert warning.detail.startswith("phone: ")


@pytest.mark.django_db
def test_progress_goes_up_to_the_number_of_records() -> None:
    seen: list[tuple[int, int]] = []
    loaded(*FEED, on_progress=lambda done, total: seen.append((done, total)))

    assert seen == [(3, 4), (4, 4)]


@pytest.mark.django_db
def test_as_many_statements_for_many_as_for_few() -> None:  # P2
    def statements(feed: list[Any]) -> int:
        batch = gathered(*feed)
        with acting_as(Role.WORKER), CaptureQueriesContext(connection) as captured:
            load(batch, actor_source="tests", now=NOW)
        return len(captured)

    first, many = _households(1), _households(60, after=1)
    assert statements(first) == statements(many)
    assert statements(first) == statements(first + many)


def _households(count: int, *, after: int = 0) -> list[Any]:
    records: list[Any] = []
    for n in range(after, after + count):
        home: dict[str, Any] = {"household": f"H-{n}"}
        person, contract, transfer = f"P-{n}", f"K-{n}", f"T-{n}"
        records += [
            a_person(external_id=person, adherent_number=f"N{n}", **home),
            a_contract(external_id=contract, covers=(), **home),
            a_transfer(external_id=transfer, **home),
            a_line(external_id=f"L-{n}", person=person, transfer=transfer, **home),
        ]
    return records


# --- Two at once, and the killed one -------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_second_loading_waits_and_sees_what_the_first_brought() -> None:
    waited = threading.Event()
    reports: list[Any] = []

    def second() -> None:
        try:
            with acting_as(Role.WORKER):
                reports.append(
                    load(gathered(a_person()), actor_source="tests", now=NOW, on_wait=waited.set)
                )
        finally:
            connections["default"].close()

    def on_progress(_done: int, _total: int) -> None:
        if not thread.is_alive():
            thread.start()
            assert waited.wait(timeout=20)
            assert not reports

    thread = threading.Thread(target=second)
    with acting_as(Role.WORKER):
        load(gathered(a_person()), actor_source="tests", now=NOW, on_progress=_once(on_progress))
    thread.join(timeout=20)

    assert [report.total(Outcome.SAME) for report in reports] == [1]


@pytest.mark.django_db(transaction=True)
def test_nobody_confirms_a_value_while_a_feed_is_compared_with_it() -> None:
    with acting_as(Role.WORKER):
        load(gathered(a_person()), actor_source="tests", now=NOW)
    locked: list[bool] = []

    def on_progress(_done: int, _total: int) -> None:
        with database._superuser(connection.settings_dict["NAME"]) as other:
            try:
                other.execute("SELECT FROM people_membership FOR UPDATE NOWAIT")
            except psycopg.errors.LockNotAvailable:
                locked.append(True)

    with acting_as(Role.WORKER):
        load(gathered(a_person()), actor_source="tests", now=NOW, on_progress=_once(on_progress))
    assert locked == [True]


def _once(callback: Any) -> Any:
    calls: list[int] = []

    def call(done: int, total: int) -> None:
        if not calls:
            calls.append(done)
            callback(done, total)

    return call


KILLED = """
import sys, time
from pathlib import Path
import django
django.setup()
from tests import database
from havre.foundation.db import Role
database._point_at(sys.argv[1], Role.WORKER)
from havre.exchanges.jsonl import read
from havre.journeys.loading.gathering import gather
from havre.journeys.loading import members
from havre.journeys.loading.load import load
from tests.journeys.loading.feeds import TODAY
from tests.journeys.loading.tables import NOW
def stop(done, total):
    if done == total:
        print("loaded, not committed", flush=True)
        time.sleep(60)
batch = gather(read([Path(sys.argv[2])], "statements"), today=TODAY)
load(batch, actor_source="tests", now=NOW, on_progress=stop)
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_loading_leaves_nothing(tmp_path: Path) -> None:
    with acting_as(Role.WORKER):
        load(gathered(a_person(), a_contract()), actor_source="tests", now=NOW)
    write(tmp_path / "s.jsonl", [a_transfer(), a_line()])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, connection.settings_dict["NAME"], tmp_path / "s.jsonl"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        text=True,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "loaded, not committed\n"
        process.send_signal(signal.SIGKILL)
    process.wait()

    assert query("SELECT count(*) FROM health.line") == [(0,)]
    with acting_as(Role.WORKER):
        report = load(gathered(a_transfer(), a_line()), actor_source="tests", now=NOW)
    assert report.total(Outcome.NEW) == 2
