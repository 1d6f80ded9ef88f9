"""R3 for requests: sent while the web process is killed, sent again, sent fifty at once."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException
from pathlib import Path
from uuid import UUID

from havre.doors.portal.identity import CONFIRMED
from tests.builders import an_account
from tests.database import acting_as, watching
from tests.doors.portal.asking import WORDS
from tests.doors.portal.conftest import BACKEND
from tests.drills.killing import Log, held, places, waiters
from tests.drills.served import Answer, Browser, Server
from tests.journeys.requests.asking import Asker, a_draft, an_asker

COMMITTED, ANY = "committed", "any moment"
PLACES = [
    *(COMMITTED, "worklist_workitem", ANY, "notifications_outgoingmail"),
    *("cases_case", "procrastinate_jobs", ANY, "cases_content", "cases_event", "cases_draft"),
]
"""Before each write of a filing, between its commit and its answer, and wherever it happens to be."""
AT_ONCE = 6
_LONGEST_SECONDS = 0.12
_AGAIN_WITHIN_SECONDS = 60
_COUNT = """
SELECT (SELECT count(*) FROM cases_case WHERE id = %(id)s),
       (SELECT count(DISTINCT serial) FROM cases_case WHERE id = %(id)s),
       (SELECT count(*) FROM cases_content WHERE id = %(id)s),
       (SELECT count(*) FROM cases_event WHERE case_id = %(id)s AND kind = 'FILED'),
       (SELECT count(*) FROM notifications_outgoingmail
        WHERE kind = 'requests.receipt' AND about->>'case' = %(id)s::text),
       (SELECT count(*) FROM worklist_workitem WHERE source = 'CASE' AND source_id = %(id)s),
       (SELECT count(*) FROM cases_draft WHERE id = %(id)s)
"""
_THERE = "SELECT 1 FROM cases_case WHERE id = ANY(%s)"
ONCE = (1, 1, 1, 1, 1, 1, 0)
"""One request, one number, one content, told once, one receipt, one thing that waits; no draft."""


@dataclass(frozen=True)
class House:
    """A member with an account, signed in, on a database where a server answers."""

    database: str
    asker: Asker
    browser: Browser
    server: Server
    log: Log

    def drafts(self, number: int) -> list[UUID]:
        now = datetime.now(UTC)
        return [a_draft(self.asker, "other", WORDS, now=now).id for _ in range(number)]

    def send(self, draft: UUID, *, heard: Callable[[], object] = bool) -> Answer | None:
        """Send it once; none where no answer came. What was said to the member is in the log."""
        self.log.tell("attempted", draft)
        path = f"/en/requests/drafts/{draft}/send"
        try:
            answer = self.browser.post(path, {"_version": "0"}, heard=heard)
        except (OSError, HTTPException):
            return None
        if answer.status == 302 and answer.location == f"/en/requests/{draft}/receipt":
            self.log.tell("acknowledged", draft)
        return answer

    def send_until_answered(self, draft: UUID) -> Answer:
        deadline = time.monotonic() + _AGAIN_WITHIN_SECONDS
        while time.monotonic() < deadline:
            if answer := self.send(draft):
                return answer
            self.server.watch_over()
            time.sleep(0.1)
        raise AssertionError("the server did not come back")

    def found(self, draft: UUID) -> tuple[int, ...]:
        with watching(self.database) as watcher:
            row = watcher.execute(_COUNT, {"id": draft}).fetchone()
        assert row
        return tuple(row)


def a_house(database: str, server: Server, folder: Path) -> House:
    asker, session = a_member_signed_in()
    return House(
        database, asker, Browser(server.port, session), server, Log(folder / "what-clients-saw")
    )


def a_member_signed_in() -> tuple[Asker, str]:
    """A member with a contract, and the key of their session."""
    from django.test import Client

    from havre.domains.people.models import Membership
    from havre.foundation.db import Role

    asker, now = an_asker(), datetime.now(UTC)
    with acting_as(Role.OWNER):
        membership = Membership.objects.get(household_id=asker.household, id=asker.membership)
    account = an_account(
        membership=membership, state="ACTIVE", password_chosen_at=now, email_confirmed_at=now
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(account, backend=BACKEND)
    session = client.session
    moment = int(now.timestamp())
    session.update({"used": moment, CONFIRMED: moment, "name": "Nathalie Exemple"})
    session.save()
    return asker, str(session.session_key)


def killed(house: House, *, kills: int, seed: int) -> Counter[str]:
    """Kill the server again and again while drafts are sent; each is sent again until it is answered.

    Gives what was found each time a server had died: how many requests were on file and their
    members knew it, were on file and they did not, were not there at all.
    """
    draw, seen = random.Random(seed), Counter[str]()  # noqa: S311  # the same for the same seed
    for place in places(PLACES, number=kills, seed=seed):
        drafts, worker = house.drafts(AT_ONCE), house.server.worker()
        dead = threading.Event()
        heard = partial(_hang_up, dead) if place == COMMITTED else bool
        with ThreadPoolExecutor(AT_ONCE) as clients:
            sent = [clients.submit(house.send, draft, heard=heard) for draft in drafts]
            _kill(house, worker, drafts, place, draw)
            dead.set()
            answers = [one.result() for one in sent]
        for draft, answer in zip(drafts, answers, strict=True):
            there = house.found(draft)[0] > 0
            seen["known" if answer else "unknown" if there else "not there"] += 1
        for draft in drafts:
            house.send_until_answered(draft)
    return seen


def _hang_up(dead: threading.Event) -> None:
    """The answer, if there is one, is not read: the member does not know."""
    dead.wait()
    raise ConnectionAbortedError


def _kill(house: House, worker: int, drafts: list[UUID], place: str, draw: random.Random) -> None:
    if place == ANY:
        time.sleep(draw.uniform(0, _LONGEST_SECONDS))
        os.kill(worker, signal.SIGKILL)
        return
    with watching(house.database) as watcher:
        if place == COMMITTED:
            while not watcher.execute(_THERE, [drafts]).fetchone():
                time.sleep(0.001)
            os.kill(worker, signal.SIGKILL)
            return
        with held(house.database, place):
            waiters(watcher)
            os.kill(worker, signal.SIGKILL)


def at_once(house: House, *, times: int = 50) -> tuple[UUID, list[Answer | None]]:
    """One draft, sent so many times at the same moment."""
    (draft,) = house.drafts(1)
    ready = threading.Barrier(times)

    def send() -> Answer | None:
        ready.wait()
        return house.send(draft)

    with ThreadPoolExecutor(times) as clients:
        return draft, [one.result() for one in [clients.submit(send) for _ in range(times)]]
