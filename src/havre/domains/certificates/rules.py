"""What a certificate is worth on a day: pure rules on civil days, both bounds included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from havre.domains.certificates.words import Standing
from havre.foundation.dates import Period, first_day_outside


@dataclass(frozen=True)
class Worth:
    """Where a certificate stands, and the last day on which what it says holds, as known today."""

    standing: Standing
    last_day: date


def worth(*, certified: Period, covers: Iterable[Period], revoked: bool, on: date) -> Worth:
    """What the certificate of those days is worth, covers being what is known now.

    A cover that ended, or will end, before the days certified do cuts them short.
    """
    if certified.start is None or certified.end is None:
        raise ValueError("what is certified begins and ends")
    outside = first_day_outside(certified, covers)
    last = certified.end if outside is None else outside - timedelta(days=1)
    if revoked:
        return Worth(Standing.REVOKED, last)
    if outside is not None and outside <= max(on, certified.start):
        return Worth(Standing.COVER_ENDED, last)
    if on > certified.end:
        return Worth(Standing.PERIOD_OVER, last)
    return Worth(Standing.TO_COME if on < certified.start else Standing.VALID, last)


def initials_of(names: Iterable[str]) -> str:
    """``C. A.``: the first letter of each name, enough to compare with a paper and no more."""
    return " ".join(f"{name.strip()[0].upper()}." for name in names if name.strip())
