"""Background work of confidentiality."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from havre.journeys.confidentiality import majority, own_account


@app.task(name=own_account.GIVE_NUMBER, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def give_number(household: str, membership: str) -> None:
    own_account.give_number(
        household=UUID(household), membership=UUID(membership), now=datetime.now(UTC)
    )


@app.periodic(cron="20 4 * * *")
@app.task(name="confidentiality.majority", queueing_lock="confidentiality.majority")
def tell_who_came_of_age(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
    majority.tell_who_came_of_age(today=today, now=now)
