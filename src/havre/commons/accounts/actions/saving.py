"""Signing in where nothing can be saved: a replica, or a database that is being moved or restored.

What sign-in would write down is kept by the process instead, or left out. Counters then hold for this
process alone, and codes of the app are refused twice by this process alone.
"""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from havre.commons.accounts.models import Throttle
from havre.foundation.signing_in.factors import Saving
from havre.foundation.signing_in.sessions import can_save

__all__ = ["SAVING", "can_save", "counter", "forget_counter", "last_step", "note_step"]
MOST_COUNTERS = 100_000
"""Beyond them the oldest are forgotten: a few dozen megabytes."""
_counters: OrderedDict[bytes, Throttle] = OrderedDict()
_steps: dict[UUID, int] = {}
_lock = Lock()


def counter(key: bytes, blank: Throttle) -> Throttle:
    """The counter of this process, begun where the database stands."""
    with _lock:
        kept = _counters.get(key)
        if kept is None:
            kept = _counters[key] = Throttle.objects.filter(key=key).first() or blank
            if len(_counters) > MOST_COUNTERS:
                _counters.popitem(last=False)
        return kept


def forget_counter(key: bytes, blank: Throttle) -> None:
    with _lock:
        _counters[key] = blank


def last_step(app: UUID, known: int | None) -> int | None:
    """The last step whose code was taken, by the database or by this process."""
    steps = [step for step in (known, _steps.get(app)) if step is not None]
    return max(steps, default=None)


def note_step(app: UUID, step: int) -> None:
    with _lock:
        _steps[app] = step


SAVING = Saving(can_save=can_save, last_step=last_step, note_step=note_step)


def forget_everything() -> None:
    """For tests: a process that has just started."""
    with _lock:
        _counters.clear()
        _steps.clear()
