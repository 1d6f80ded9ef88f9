"""How long a guess waits: nothing before the fifth failure, then twice as long each time."""

from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv6Address

FREE_FAILURES = 4
FREE_REQUESTS = 10
"""What a network may ask at the gate before it waits: a hotel or an office is many people."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def wait_after(failures: int, *, free: int = FREE_FAILURES) -> timedelta:
    """The wait that the ``failures``-th failure in a row brings, ``free`` of them bringing none."""
    if failures <= free:
        return timedelta()
    doublings = min(failures - free - 1, 10)
    return min(FIRST_WAIT * float(2**doublings), LONGEST_WAIT)


def failures_remembered(failures: int, *, last: datetime, now: datetime) -> int:
    """Failures that still count: a quiet day forgets them."""
    return 0 if now - last >= FORGOTTEN_AFTER else failures


def network_of(address: str) -> str:
    """Where an IP address belongs for counting: itself, or in IPv6 its /64, which one reader owns whole."""
    try:
        six = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return address
    if six.ipv4_mapped:
        return str(six.ipv4_mapped)
    return str(IPv6Address(int(six) >> 64 << 64))
