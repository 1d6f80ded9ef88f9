"""Background work of the outbox, and the reaper of jobs whose worker died."""

from datetime import UTC, datetime
from uuid import UUID

import structlog
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from havre.commons.notifications import actions

STALLED_AFTER_SECONDS = 30
_log = structlog.get_logger(__name__)


@app.task(name=actions.SEND)
def send(mail_id: str) -> None:
    actions.send(mail_id=UUID(mail_id), now=datetime.now(UTC))


# One at a time: a mail server that is slow to refuse would bring sweep upon sweep, until no worker
# was left for anything else.
@app.periodic(cron="* * * * *")
@app.task(
    name="notifications.send_waiting",
    lock="notifications.send_waiting",
    queueing_lock="notifications.send_waiting",
)
def send_waiting(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    actions.send_waiting(now=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(name="notifications.take_returned", queueing_lock="notifications.take_returned")
def take_returned(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    folder = settings.HAVRE.BOUNCES_FOLDER
    if folder is not None and (
        taken := actions.take_returned(folder=folder, now=datetime.now(UTC))
    ):
        _log.info("mails_came_back", taken=taken)


@app.periodic(cron="* * * * * */20")
@app.task(name="jobs.reap", queueing_lock="jobs.reap", pass_context=False)
async def reap(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    """Put back the jobs of dead workers: the queue by itself leaves them "doing" for ever."""
    for job in await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=STALLED_AFTER_SECONDS
    ):
        try:
            await _put_back(job)
        except ConnectorException as error:  # one that stays must not hold up those behind it
            _log.error("job_not_put_back", job=job.id, error=type(error).__name__)


async def _put_back(job: Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:  # another of its kind waits: that one does what this one was to do
        await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)
