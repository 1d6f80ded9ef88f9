"""What a process remembers for a minute: the same for everyone, nothing of any person."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from time import monotonic
from typing import Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
FRESH_SECONDS = 60.0
_MOST = 1000
_memories: "WeakSet[Lately]" = WeakSet()  # type: ignore[type-arg]  # of any keys and values


class Lately(Generic[K, V]):
    """Values by key. What was not read within the last minute is read, all of it at once."""

    def __init__(self, read: Callable[[set[K]], Mapping[K, V]]) -> None:
        self._read = read
        self._known: dict[K, tuple[float, V]] = {}
        _memories.add(self)

    def of(self, keys: Iterable[K]) -> dict[K, V]:
        """The values of these keys; a key that has none is left out, and asked for again next time."""
        wanted, now = set(keys), monotonic()
        found = {
            key: kept[1]
            for key in wanted
            if (kept := self._known.get(key)) and now - kept[0] < FRESH_SECONDS
        }
        if missing := wanted - found.keys():
            read = self._read(missing)
            if len(self._known) + len(read) > _MOST:
                self._known.clear()
            self._known.update({key: (now, value) for key, value in read.items()})
            found.update(read)
        return found

    def forget(self) -> None:
        self._known.clear()


def forget_all() -> None:
    """For tests: everything is read again."""
    for one in list(_memories):
        one.forget()
