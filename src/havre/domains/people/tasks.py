"""Background work of people."""

from datetime import UTC, datetime

import structlog
from procrastinate.contrib.django import app

from havre.domains.people import actions

_log = structlog.get_logger(__name__)


@app.periodic(cron="51 3 * * *")
@app.task(name="people.purge", queueing_lock="people.purge")
def purge(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    _log.info("people_purged", former=actions.forget_former_emails(now=datetime.now(UTC)))
