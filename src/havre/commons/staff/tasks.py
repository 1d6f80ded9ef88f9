"""Background work of the desk's sign-in."""

from datetime import UTC, datetime

import structlog
from procrastinate.contrib.django import app

from havre.commons.staff import actions

_log = structlog.get_logger(__name__)


@app.periodic(cron="27 * * * *")
@app.task(name="staff.purge", queueing_lock="staff.purge")
def purge(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    _log.info("staff_purged", **actions.purge(now=datetime.now(UTC)))
