"""Adding a background job inside the transaction of the act that needs it."""

from datetime import datetime

from procrastinate.contrib.django import app


def add_job(name: str, *, at: datetime | None = None, queue: str = "default", **ids: str) -> None:
    """Enqueue the task ``name``; it starts after the commit, not before ``at``.

    ``ids`` are identifiers of rows, never a secret or a personal datum: the job reads the rest itself.
    """
    app.configure_task(name, queue=queue, schedule_at=at).defer(**ids)
