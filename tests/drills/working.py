"""R4: workers killed in the middle of what members and agents wait for."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.header import decode_header, make_header
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from havre.commons.cases.words import Outcome
from havre.commons.documents.actions import Sender
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.commons.documents.test_uploads import ACTOR, whole
from tests.database import address, watching
from tests.drills.killing import places, waiters
from tests.journeys.requests import asking
from tests.journeys.requests.examples import beneficiary_add

AT_ONCE, SOON, DONE = "at once", "a moment later", "done and not noted"
PLACES = [SOON, DONE, AT_ONCE, SOON]
_LONGEST_SECONDS = 0.08
_FINISHED_WITHIN_SECONDS = 60
_WORK = ["requests.apply", "documents.check", "documents.forget", "notifications.send"]
_DOING = """
SELECT id, worker_id FROM procrastinate_jobs
WHERE status = 'doing' AND task_name = ANY(%s) AND worker_id > %s ORDER BY worker_id DESC, id
"""
_AT_IT = "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'doing'"
_LEFT = """
SELECT task_name || ' ' || status, count(*) FROM procrastinate_jobs
WHERE task_name = ANY(%s) GROUP BY 1
UNION ALL SELECT kind || ' ' || state, count(*) FROM notifications_outgoingmail
WHERE state <> 'SENT' GROUP BY 1
"""
_DECISIONS = """
SELECT c.id, count(e.id) FILTER (WHERE c.status = 'VALIDATED') FROM cases_case c
LEFT JOIN cases_event e ON e.case_id = c.id AND e.kind = 'VALIDATED' GROUP BY c.id
"""
_CHILDREN = """
SELECT h.id, count(DISTINCT p.id) * count(DISTINCT v.id) FROM people_household h
LEFT JOIN people_person p ON p.household_id = h.id AND p.first_name LIKE 'Zo%%'
LEFT JOIN contracts_cover v ON v.household_id = h.id AND v.person_id = p.id GROUP BY h.id
"""
_DOCUMENTS = """
SELECT u.id, count(DISTINCT d.id) FILTER (WHERE u.state = 'READY')
FROM documents_upload u LEFT JOIN documents_document d
  ON d.household_id = u.household_id AND d.kind = 'PIECE' GROUP BY u.id
"""
_SENT = "SELECT id FROM notifications_outgoingmail"


@dataclass
class Workshop:
    """The workers of one database: one lives at a time, whoever killed the one before."""

    database: str
    folder: Path
    _process: "subprocess.Popen[str]"
    _living: "threading.Condition" = field(default_factory=threading.Condition)
    _ids: list[int] = field(default_factory=list)

    def worker(self, *, after: int) -> int:
        """The living one, once ``after`` others have been."""
        with self._living:
            assert self._living.wait_for(lambda: len(self._ids) > after, timeout=30)
            return self._ids[after]

    def listen(self) -> None:
        for line in self._process.stdout or ():
            with self._living:
                self._ids.append(int(line))
                self._living.notify_all()


@contextmanager
def working(database: str, folder: Path, *options: str) -> Iterator[Workshop]:
    """Workers on this database until the end; see ``workshop`` for what can be taken away."""
    words = [address(database, Role.WORKER), str(folder), *options]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.workshop", *words], stdout=subprocess.PIPE, text=True
    )
    shop = Workshop(database, folder, process)
    hearing = threading.Thread(target=shop.listen, daemon=True)
    hearing.start()
    try:
        yield shop
    finally:
        process.kill()
        hearing.join()
        with process:  # waits, and closes its line
            pass


def give_work(number: int) -> None:
    """So many decisions that add a child, so many that say yes, their mails, so many papers to check."""
    moment = datetime.now(UTC) - timedelta(minutes=1)
    for _ in range(number):
        asker = asking.an_asker()
        for kind, answers in (
            ("beneficiary-add", beneficiary_add.EXAMPLE.answers(asker)),
            ("other", {"subject": "A card", "words": "Please."}),
        ):
            draft = asking.a_draft(asker, kind, answers, now=moment)
            case = asking.sent(asker, draft, now=moment).case
            asking.decided(asker, case, Outcome.VALIDATED, now=moment)
        sender = Sender(asker.membership, ACTOR, Role.MEMBER, asker.household)
        whole(sender, subject=new_id(), now=moment)


def killed(shop: Workshop, *, kills: int, seed: int, where: Sequence[str] = PLACES) -> int:
    """Kill workers in the middle of a job until so many are dead or nothing is left; how many died."""
    draw, last = random.Random(seed), 0  # noqa: S311  # the same for the same seed
    with watching(shop.database) as watcher:
        for dead, place in enumerate(places(where, number=kills, seed=seed)):
            worker = shop.worker(after=dead)
            begun = _begun(watcher, last)
            if begun is None:
                return dead
            job, last = begun
            if place == DONE:
                _kill_before_it_is_noted(shop.database, watcher, worker, job)
                continue
            if place == SOON:
                time.sleep(draw.uniform(0, _LONGEST_SECONDS))
            os.kill(worker, signal.SIGKILL)
    return kills


def _begun(watcher: "psycopg.Connection[Any]", last: int) -> tuple[int, int] | None:
    """A job that a worker since ``last`` is at, and the queue's number of that worker; none left?"""
    deadline = time.monotonic() + _FINISHED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        found = watcher.execute(_DOING, [_WORK, last]).fetchone()
        if found:
            return int(found[0]), int(found[1])
        if not left(watcher):
            return None
        time.sleep(0.002)
    raise AssertionError(f"nobody takes up what is left: {left(watcher)}")


def _kill_before_it_is_noted(
    database: str, watcher: "psycopg.Connection[Any]", worker: int, job: int
) -> None:
    """Its effect is there, and the queue believes it is being done."""
    with watching(database) as holder, holder.transaction():
        holder.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [job])
        standing = waiters(watcher) if _still(holder, job) else []
        os.kill(worker, signal.SIGKILL)
        for one in standing:  # what the dead one asked for last is not done after its death
            watcher.execute("SELECT pg_terminate_backend(%s, 5000)", [one])


def _still(holder: "psycopg.Connection[Any]", job: int) -> bool:
    return bool(holder.execute(_AT_IT, [job]).fetchone())


def left(watcher: "psycopg.Connection[Any]") -> dict[str, int]:
    """What is not done, by task and state."""
    return dict(watcher.execute(_LEFT, [_WORK]).fetchall())


def finished(database: str, *, seconds: float = _FINISHED_WITHIN_SECONDS) -> dict[str, int]:
    """What is still not done when nothing is left, or after so many seconds."""
    deadline = time.monotonic() + seconds
    with watching(database) as watcher:
        while (found := left(watcher)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found


@dataclass(frozen=True)
class Effects:
    """What was done, each as it differs from once: empty where all of it is there once."""

    decisions: dict[str, int]
    children: dict[str, int]
    documents: dict[str, int]
    mails: dict[str, int]


def effects(shop: Workshop) -> Effects:
    with watching(shop.database) as watcher:

        def not_once(query: str) -> dict[str, int]:
            return {str(key): number for key, number in watcher.execute(query) if number != 1}

        names = {_name_of(row[0]) for row in watcher.execute(_SENT)}
        return Effects(
            not_once(_DECISIONS),
            not_once(_CHILDREN),
            not_once(_DOCUMENTS),
            _not_once_sent(shop, names),
        )


def _name_of(mail: UUID) -> str:
    return sha256(b"message " + mail.bytes).hexdigest()[:32]


def _not_once_sent(shop: Workshop, names: set[str]) -> dict[str, int]:
    """Mails as a reader's server tells them apart: one a Message-ID, one Message-ID a text."""
    told = defaultdict(set)
    for one in deliveries(shop.folder):
        mail = message_from_string(one.lstrip("\n"))
        about = str(make_header(decode_header(mail["Subject"])))
        told[mail["Message-ID"][1:].partition("@")[0]].add(f"{mail['To']} {about}")
    texts = Counter(text for many in told.values() for text in many)
    wrong = {name: len(told[name]) for name in names | set(told) if len(told[name]) != 1}
    unknown = dict.fromkeys(set(told) - names, 0)
    return wrong | unknown | {text: number for text, number in texts.items() if number != 1}


def deliveries(folder: Path) -> list[str]:
    """Whole messages, as often as they were handed over; one whose worker died in it was not."""
    made = (file.read_text() for file in (folder / "mails").glob("*"))
    return [part for text in made for part in text.split("-" * 79)[:-1]]
