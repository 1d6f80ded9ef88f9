"""Background work of the outbox, and the reaper of jobs whose worker died."""

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from havre.commons.notifications import actions

STALLED_AFTER_SECONDS = 30


@app.task(name=actions.SEND)
def send(mail_id: str) -> None:
    actions.send(mail_id=UUID(mail_id), now=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(name="notifications.send_waiting", queueing_lock="notifications.send_waiting")
def send_waiting(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    actions.send_waiting(now=datetime.now(UTC))


@app.periodic(cron="* * * * * */20")
@app.task(name="jobs.reap", queueing_lock="jobs.reap", pass_context=False)
async def reap(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    """Put back the jobs of dead workers: the queue by itself leaves them "doing" for ever."""
    for job in await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=STALLED_AFTER_SECONDS
    ):
        await app.job_manager.retry_job(job)
