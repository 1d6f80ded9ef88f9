"""Background work: the queue and its worker, the outbox. Needs Django, signed in as the worker."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from havre.commons.notifications.queries import outbox
from havre.project.doctor.findings import Finding, fine, wrong

_ALIVE = timedelta(seconds=45)
_LATE = timedelta(minutes=10)
_READY = Q(status="todo")


def examine_work(*, now: datetime) -> Iterator[Finding]:
    yield _worker(now)
    yield _waiting(now)
    yield _failed()
    yield _outbox(now)


def _worker(now: datetime) -> Finding:
    seen = ProcrastinateWorker.objects.aggregate(seen=Max("last_heartbeat"))["seen"]
    remedy = "Start one: `havre worker`."
    if seen is None:
        return wrong("worker", "none has signed in", remedy)
    if now - seen > _ALIVE:
        return wrong("worker", f"last seen {_ago(now - seen)} ago", remedy)
    return fine("worker", f"seen {_ago(now - seen)} ago")


def _waiting(now: datetime) -> Finding:
    ready = ProcrastinateJob.objects.filter(_READY).filter(
        Q(scheduled_at=None) | Q(scheduled_at__lte=now)
    )
    waiting = ready.count()
    oldest = ready.aggregate(oldest=Min("scheduled_at"))["oldest"]
    said = f"{waiting} jobs ready" + (f", the oldest since {_ago(now - oldest)}" if oldest else "")
    if oldest and now - oldest > _LATE:
        return wrong("queue", said, "Start a worker, or another one: `havre worker`.")
    return fine("queue", said)


def _failed() -> Finding:
    failed = list(
        ProcrastinateJob.objects.filter(status="failed").values_list("task_name", flat=True)
    )
    if failed:
        kinds = ", ".join(sorted(set(failed)))
        return wrong("failed jobs", f"{len(failed)} ({kinds})", "The worker's log says why.")
    return fine("failed jobs", "none")


def _outbox(now: datetime) -> Finding:
    seen = outbox(now=now)
    said = f"{seen.waiting} mails waiting, {seen.failed} failed"
    if seen.given_up:
        return wrong("outbox", said, "Check the mail server below; the worker's log says why.")
    if seen.oldest and now - seen.oldest > _LATE:
        remedy = "Start a worker: `havre worker`."
        return wrong("outbox", f"{said}, due for {_ago(now - seen.oldest)}", remedy)
    return fine("outbox", said)


def _ago(span: timedelta) -> str:
    seconds = max(int(span.total_seconds()), 0)
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"
