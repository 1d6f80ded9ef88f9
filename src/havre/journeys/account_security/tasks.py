"""Background work of those who lost a password or a number."""

from datetime import UTC, datetime
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from havre.commons.accounts.actions.requests import RECOVER
from havre.journeys.account_security import recovering

_log = structlog.get_logger(__name__)


@app.task(name=RECOVER, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def recover(request_id: str) -> None:
    outcome = recovering.recover(request_id=UUID(request_id), now=datetime.now(UTC))
    _log.info("account_recovery_matched", request=request_id, outcome=outcome)
