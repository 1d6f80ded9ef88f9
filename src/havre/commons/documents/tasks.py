"""Background work of documents."""

from datetime import UTC, datetime
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from havre.commons.documents import actions

_log = structlog.get_logger(__name__)


@app.task(name=actions.CHECK, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def check(household: str, upload: str) -> None:
    actions.check_upload(household=UUID(household), upload=UUID(upload), now=datetime.now(UTC))


@app.task(name=actions.FORGET, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def forget(household: str, document: str, preview: str) -> None:
    named = {UUID(document), UUID(preview)}
    actions.forget_documents(household=UUID(household), documents=named)


@app.periodic(cron="41 3 * * *")
@app.task(name="documents.sweep", queueing_lock="documents.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    now = datetime.now(UTC)
    _log.info("uploads_swept", removed=actions.sweep_uploads(now=now))
    _log.info("documents_swept", removed=actions.sweep(now=now))
