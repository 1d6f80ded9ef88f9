"""Background work of opening accounts."""

from datetime import UTC, datetime
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from havre.commons.accounts.actions.requests import MATCH
from havre.journeys.account_opening.matching import match as match_request
from havre.journeys.account_opening.reviewing import take_effect

_log = structlog.get_logger(__name__)


@app.task(name=MATCH, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def match(request_id: str) -> None:
    outcome = match_request(request_id=UUID(request_id), now=datetime.now(UTC))
    _log.info("account_opening_matched", request=request_id, outcome=outcome)


@app.periodic(cron="* * * * *")
@app.task(name="account_opening.take_effect", queueing_lock="account_opening.take_effect")
def approved_addresses_take_effect(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    take_effect(now=datetime.now(UTC))
