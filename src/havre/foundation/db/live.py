"""Telling a page, within a second, that what it shows has changed.

A transaction announces a topic; after its commit PostgreSQL passes the word to every process that
listens. One thread a process listens, on a connection of its own; whoever waits holds no connection.
A topic is opaque and carries no content: the page asks again, by its ordinary guarded request.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID

import psycopg
import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from havre.foundation.crypto import vault

LONGEST_SECONDS = 25
"""How long one request waits: less than the half minute after which proxies hang up."""
ASK_AGAIN_SECONDS = 5
"""When to ask again, where there is no room to wait or nothing is heard."""
_CHANNEL = "havre_live"
_REMEMBERED = 20_000
_LOOK_EVERY_SECONDS = 20
_LONGEST_PAUSE_SECONDS = 30
# Two processes never hear the same word at the same moment, nor do their clocks quite agree.
_APART_SECONDS = 2.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Heard:
    """``changed``: look again. ``mark`` goes with the next question, asked after ``pause`` seconds."""

    changed: bool
    mark: str
    pause: int = 0


def topic(kind: str, key: UUID) -> str:
    """The name under which something is announced. It tells nothing of what it names."""
    return vault().blind(f"{kind} {key}", purpose="live topic")[:16].hex()


def announce(*topics: str) -> None:
    """Say that these changed, once the caller's transaction is committed; never if it is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, one) FROM unnest(%s::text[]) AS one", [_CHANNEL, [*topics]]
        )


def mark() -> str:
    """Where this process's hearing stands. Take it before reading what a page will show."""
    return _hub.mark()


def wait(topics: Collection[str], *, seen: str, seconds: float = LONGEST_SECONDS) -> Heard:
    """Wait until one of these changes after ``seen``, ``seconds`` at most. Holds no connection.

    Where too many wait already (``LIVE_WAITING``), or the listening is interrupted, it answers at once.
    """
    if not connection.in_atomic_block:
        connection.close()  # to the pool: somebody else needs it meanwhile
    return _hub.wait(topics, seen=seen, seconds=seconds, room=settings.HAVRE.LIVE_WAITING)


class Hub:
    """What one process has heard, and who waits in it.

    A mark is ``process.count.milliseconds``. In its own process the count tells exactly what came
    after it; in another one, the moment does, with a margin by which a page may look once too often.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = token_hex(4)
        self._count = 0
        self._forgotten = 0
        self._last: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._waiting: dict[str, set[threading.Event]] = {}
        self._room_taken = 0
        self._since: float | None = None
        self._thread: threading.Thread | None = None

    def mark(self) -> str:
        self._listening()
        with self._lock:
            return self._mark()

    def wait(self, topics: Collection[str], *, seen: str, seconds: float, room: int) -> Heard:
        self._listening()
        woken = threading.Event()
        with self._lock:
            if self._since is None:
                return Heard(True, "", ASK_AGAIN_SECONDS)
            if self._changed(topics, seen):
                return Heard(True, self._mark())
            if self._room_taken >= room:
                return Heard(False, seen, ASK_AGAIN_SECONDS)
            self._room_taken += 1
            for one in topics:
                self._waiting.setdefault(one, set()).add(woken)
        try:
            woken.wait(seconds)
        finally:
            with self._lock:
                self._room_taken -= 1
                self._leave(topics, woken)
                here = self._mark()
        return Heard(woken.is_set(), here)

    def hear(self, one: str) -> None:
        """A topic changed."""
        with self._lock:
            self._count += 1
            self._last[one] = (self._count, time.time())
            self._last.move_to_end(one)
            if len(self._last) > _REMEMBERED:
                _topic, (self._forgotten, _moment) = self._last.popitem(last=False)
            for woken in self._waiting.get(one, ()):
                woken.set()

    def begin(self) -> None:
        """From now on every word is heard."""
        with self._lock:
            self._since = time.time()

    def lose(self) -> None:
        """Words may have been missed: everybody looks again, whatever they saw."""
        with self._lock:
            self._since = None
            self._process = token_hex(4)
            for waiting in self._waiting.values():
                for woken in waiting:
                    woken.set()

    def _mark(self) -> str:
        return f"{self._process}.{self._count}.{int(time.time() * 1000)}" if self._since else ""

    def _changed(self, topics: Collection[str], seen: str) -> bool:
        try:
            process, count, moment = seen.split(".")
            after, at = int(count), int(moment) / 1000 - _APART_SECONDS
        except ValueError:
            return True
        known = [self._last[one] for one in topics if one in self._last]
        if process == self._process:
            return after < self._forgotten or any(number > after for number, _at in known)
        heard_all_since = self._since is not None and self._since <= at
        return not heard_all_since or any(heard > at for _number, heard in known)

    def _leave(self, topics: Collection[str], woken: threading.Event) -> None:
        for one in topics:
            self._waiting[one].discard(woken)
            if not self._waiting[one]:
                del self._waiting[one]

    def _listening(self) -> None:
        """Begin to listen, with the first page that may want to know."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="live", daemon=True)
                self._thread.start()

    def _listen(self) -> None:
        pause = 1
        while True:
            with suppress(psycopg.Error, OSError), _own_connection() as own:
                own.execute(f"LISTEN {_CHANNEL}")
                self.begin()
                pause = 1
                self._hear_all(own)
            self.lose()
            _log.warning("live_interrupted", again_in_seconds=pause)
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _hear_all(self, own: "psycopg.Connection[Any]") -> None:
        while True:
            for notice in own.notifies(timeout=_LOOK_EVERY_SECONDS):
                self.hear(notice.payload)
            own.execute("SELECT 1")  # a server that is gone says nothing by itself


def _own_connection() -> "psycopg.Connection[Any]":
    """A connection beside Django's: the same address and user, in no pool."""
    given = connections[DEFAULT_DB_ALIAS].get_connection_params()
    ours = {"cursor_factory", "context", "prepare_threshold"}
    return psycopg.connect(
        **{name: value for name, value in given.items() if name not in ours}, autocommit=True
    )


_hub = Hub()
