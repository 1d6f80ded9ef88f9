"""Guesses of a secret that is nobody's password: slowed down as those of sign-in are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from havre.commons.accounts.actions.throttling import count_failure, keyed, locked, waits_until
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in.waiting import network_of


class TooSoon(Refusal):
    """Too many guesses failed: none is looked at before ``until``."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("too many guesses")


@dataclass
class Guess:
    """One guess. Whoever looks says whether it was wrong."""

    wrong: bool = False


@contextmanager
def guessing(*, what: str, secret: str, address: str, now: datetime) -> Iterator[Guess]:
    """Look at a guess about ``secret``, sent from ``address``; a wrong one makes the next ones wait.

    Opens a transaction. Guesses at once wait for each other, and each meets what the one before
    counted. Refuses ``TooSoon``.
    """
    label = what.encode()
    keys = (keyed(label + b" secret", secret), keyed(label + b" address", network_of(address)))
    with acting(actor=Actor(name="anonymous", channel=Channel.ONLINE, purpose=what)):
        counters = locked(keys, now=now)
        if until := waits_until(counters, now=now):
            raise TooSoon(until)
        guess = Guess()
        yield guess
        if guess.wrong:
            count_failure(counters, now=now)
