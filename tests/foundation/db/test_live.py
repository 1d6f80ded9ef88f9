"""A word said in a transaction reaches whoever waits, and nobody waits for nothing."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from havre.foundation.db import live
from havre.foundation.db.live import Heard, Hub, announce, mark, topic, wait
from havre.foundation.ids import new_id

SOON = 10.0
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A process that has just begun to listen."""
    made = Hub()
    monkeypatch.setattr(live, "_hub", made)
    until(lambda: mark() != "")
    return made


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def waiting(hub: Hub, *topics: str, seen: str) -> tuple[threading.Thread, list[Heard]]:
    """Someone who waits already."""
    answers: list[Heard] = []
    before = hub._room_taken
    thread = threading.Thread(
        target=lambda: answers.append(wait(topics, seen=seen, seconds=SOON)), daemon=True
    )
    thread.start()
    until(lambda: hub._room_taken > before)
    return thread, answers


def test_whoever_waits_is_told_within_a_second(hub):
    one = topic("test", new_id())
    thread, answers = waiting(hub, one, seen=mark())
    said = time.monotonic()
    announce(one)
    thread.join(SOON)
    assert answers[0].changed
    assert time.monotonic() - said < 1


def test_nothing_is_said_before_the_commit_nor_after_a_rollback(hub):
    one, after = topic("test", new_id()), topic("test", new_id())
    seen = mark()
    with transaction.atomic():
        announce(one)
        time.sleep(0.1)
        assert hub._last == {}
        transaction.set_rollback(True)
    announce(after)  # what was said later has arrived
    until(lambda: after in hub._last)
    assert not wait([one], seen=seen, seconds=0).changed


def test_what_was_said_between_two_questions_is_not_missed(hub):
    one, other = topic("test", new_id()), topic("test", new_id())
    seen = mark()
    announce(one)
    until(lambda: one in hub._last)
    heard = wait([one], seen=seen, seconds=0)
    assert heard.changed
    assert not wait([one], seen=heard.mark, seconds=0).changed
    assert not wait([other], seen=seen, seconds=0).changed


def test_another_process_knows_it_too(hub, monkeypatch):
    """As behind a proxy that shares questions out; or the same process, started again."""
    one = topic("test", new_id())
    monkeypatch.setattr(live, "_APART_SECONDS", 0.01)
    seen = mark()
    elsewhere = Hub()
    monkeypatch.setattr(live, "_hub", elsewhere)
    until(lambda: mark() != "")
    assert wait([one], seen=seen, seconds=0).changed  # it may have missed something
    time.sleep(0.05)
    seen = hub.mark()
    time.sleep(0.05)
    assert not wait([one], seen=seen, seconds=0).changed
    announce(one)
    until(lambda: one in elsewhere._last)
    assert wait([one], seen=seen, seconds=0).changed


def test_after_a_lost_connection_everybody_looks_again(hub):
    one = topic("test", new_id())
    seen = mark()
    thread, answers = waiting(hub, one, seen=seen)
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION DEFAULT")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
    thread.join(SOON)
    assert answers == [Heard(True, "")]
    assert wait([one], seen=seen, seconds=0).changed
    until(lambda: mark() != "")  # it listens again
    assert wait([one], seen=seen, seconds=0).changed
    assert not wait([one], seen=mark(), seconds=0).changed


def test_beyond_the_room_one_is_asked_to_come_again(hub, settings):
    settings.HAVRE = settings.HAVRE.model_copy(update={"LIVE_WAITING": 1})
    one = topic("test", new_id())
    seen = mark()
    thread, answers = waiting(hub, one, seen=seen)
    began = time.monotonic()
    assert wait([one], seen=seen, seconds=SOON) == Heard(False, seen, live.ASK_AGAIN_SECONDS)
    assert time.monotonic() - began < 1
    announce(one)
    thread.join(SOON)
    assert answers[0].changed
    assert wait([one], seen=seen, seconds=0).changed  # and is told what came meanwhile


def test_whoever_waits_holds_no_connection(hub):
    one = topic("test", new_id())
    held: list[bool] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        answer = wait([one], seen=seen, seconds=SOON)
        held.append(answer.changed)

    seen = mark()
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    until(lambda: hub._room_taken == 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND query = 'SELECT 1' AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)
    announce(one)
    thread.join(SOON)
    assert held == [True]


def test_a_mark_that_we_never_made_looks_again(hub):
    one = topic("test", new_id())
    for seen in ("", "x", "a.b.c", "1.2", "0.0.99999999999999999999999999"):
        wait([one], seen=seen, seconds=0)
    assert wait([one], seen="a.b.c", seconds=0).changed


def test_what_was_forgotten_is_looked_at_again(hub, monkeypatch):
    monkeypatch.setattr(live, "_REMEMBERED", 1)
    seen = mark()
    hub.hear("first")
    hub.hear("second")
    assert wait(["first"], seen=seen, seconds=0).changed
    assert not wait(["first"], seen=mark(), seconds=0).changed


def test_a_topic_tells_nothing_and_is_one_for_its_kind():
    one = new_id()
    assert topic("a", one) == topic("a", one)
    assert topic("a", one) != topic("b", one)
    assert one.hex not in topic("a", one)
