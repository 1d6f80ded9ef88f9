"""When a provisional password may be issued, and which still opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

APART = timedelta(minutes=15)
A_DAY = 3


@dataclass(frozen=True)
class Issue:
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None


def may_issue(issues: Sequence[Issue], *, now: datetime) -> bool:
    """One in fifteen minutes and three in twenty-four hours.

    A new issue leaves a live one alone: who asks for another cannot lock the owner of the first out.
    """
    recent = [issue for issue in issues if now - issue.issued_at < timedelta(days=1)]
    return len(recent) < A_DAY and all(now - issue.issued_at >= APART for issue in recent)


def opens(issue: Issue, *, now: datetime) -> bool:
    return issue.used_at is None and now < issue.expires_at
