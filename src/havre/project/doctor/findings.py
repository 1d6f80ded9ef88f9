"""What an examination says: one line each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing examined. ``remedy`` is what to do where it is not ``ok``."""

    ok: bool
    what: str
    said: str
    remedy: str = ""


def fine(what: str, said: str) -> Finding:
    return Finding(ok=True, what=what, said=said)


def wrong(what: str, said: str, remedy: str) -> Finding:
    return Finding(ok=False, what=what, said=said, remedy=remedy)
