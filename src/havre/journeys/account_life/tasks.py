"""Background work of the life of accounts."""

from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from havre.journeys.account_life import ending

_log = structlog.get_logger(__name__)


@app.periodic(cron="40 4 * * *")
@app.task(name="account_life.end_access", queueing_lock="account_life.end_access")
def end_access(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
    _log.info("access_ended", **asdict(ending.end_access(today=today, now=now)))
