"""By when the house aims to look at what has no clock of its own."""

from datetime import datetime
from zoneinfo import ZoneInfo

from havre.commons.worklist.words import Source
from havre.foundation.working_days import add_working_days

_DAYS = {Source.REPORT: 1, Source.QUARANTINE: 1, Source.REVIEW: 2, Source.MESSAGE: 1}
_OTHERWISE = 3


def aim_of(source: Source, opened_at: datetime, *, zone: ZoneInfo) -> datetime:
    """Working days after it began to wait: a locked account before a difference in a feed."""
    return add_working_days(opened_at, _DAYS.get(source, _OTHERWISE), zone=zone)
