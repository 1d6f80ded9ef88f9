"""Adding a background job inside the transaction of the act that needs it."""

from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager


def add_job(name: str, *, at: datetime | None = None, queue: str = "default", **ids: str) -> None:
    """Enqueue the task ``name``; it starts after the commit, not before ``at``.

    ``ids`` are identifiers of rows, never a secret or a personal datum: the job reads the rest itself.
    """
    deferrer = app.configure_task(name, queue=queue, schedule_at=at)
    # In a worker the queue has connections of its own, past the transaction of the act: the job
    # would start before what it is about is there, find nothing, and be done.
    deferrer.job_manager = JobManager(DjangoConnector())
    deferrer.defer(**ids)
