"""Background work of documents."""

from datetime import UTC, datetime

import structlog
from procrastinate.contrib.django import app

from havre.commons.documents import actions

_log = structlog.get_logger(__name__)


@app.periodic(cron="41 3 * * *")
@app.task(name="documents.sweep", queueing_lock="documents.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    _log.info("documents_swept", removed=actions.sweep(now=datetime.now(UTC)))
