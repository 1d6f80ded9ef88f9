"""The number of a request: one that can be said on the phone."""

import re

_NUMBER = re.compile(r"^\s*(?:([A-Za-z])[\s-]*(\d{4})[\s-]+)?(\d{1,12})\s*$")


def number_of(prefix: str, year: int, serial: int) -> str:
    """``D-2026-1201``."""
    return f"{prefix}-{year}-{serial}"


def serial_in(typed: str) -> int | None:
    """The serial of a number as someone types or says it, with or without its letter and year."""
    found = _NUMBER.match(typed)
    return int(found.group(3)) if found else None
