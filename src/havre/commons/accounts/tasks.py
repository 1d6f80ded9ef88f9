"""Background work of signing in."""

from datetime import UTC, datetime

import structlog
from procrastinate.contrib.django import app

from havre.commons.accounts import actions

_log = structlog.get_logger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(name="accounts.purge", queueing_lock="accounts.purge")
def purge(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    _log.info("accounts_purged", **actions.purge(now=datetime.now(UTC)))
