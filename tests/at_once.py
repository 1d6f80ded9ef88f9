"""Several at the same moment, each on a connection of its own; what they do is committed for real."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(times: int, act: Callable[[int], T]) -> list[T]:
    """Do it in as many threads, which wait for each other before they begin."""
    barrier = Barrier(times)

    def run(rank: int) -> T:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return act(rank)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))
