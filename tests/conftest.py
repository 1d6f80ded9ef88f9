import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, TransactionTestCase
from django.utils import translation

from tests import database

# A browser's loop runs in the thread of the tests, and stays when other tests follow in that process.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, request: pytest.FixtureRequest) -> None:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        database.make(worker)


@pytest.fixture(autouse=True, scope="session")
def _empty_after_committing_tests() -> Iterator[None]:
    """Django would flush as the web role, which may not."""
    before = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _self: database.empty()  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = before  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """A process remembers for a while what is in force, the language that was last read in and where files
    are: not from one test to the next."""
    yield
    from havre.commons.content.queries import forget_published, forget_terms_version
    from havre.commons.documents.queries import files
    from havre.foundation.lately import forget_all

    files.cache_clear()
    forget_all()
    translation.deactivate()
    forget_terms_version()
    forget_published()


@pytest.fixture(autouse=True, scope="session")
def _interrupts_are_heard() -> None:
    """Run in the background, the tests were started to ignore SIGINT, and so would their children."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def client() -> Client:
    """A browser on this machine: elsewhere plain HTTP is refused."""
    return Client(SERVER_NAME="localhost")
