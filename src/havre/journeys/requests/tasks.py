"""Background work of requests: each job can be killed anywhere and run twice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.requests import deciding, following
from havre.journeys.requests.drafting import KEPT_DAYS

_ACTOR = Actor(name="requests", channel=Channel.JOB, purpose="keep requests going")
_LATE = timedelta(seconds=30)
_log = structlog.get_logger(__name__)


@app.task(name=deciding.APPLY)
def apply(household: str, decision: str) -> None:
    deciding.apply(household=UUID(household), decision=UUID(decision), now=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(name="requests.apply_late", queueing_lock="requests.apply_late")
def apply_late(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    """Decisions whose job was lost."""
    now = datetime.now(UTC)
    with acting(actor=_ACTOR, role=Role.BATCH):
        waiting = queries.pending(before=now - _LATE)
    for household, decision in waiting:
        try:
            deciding.apply(household=household, decision=decision, now=now)
        except Exception as error:  # noqa: BLE001  # one that fails must not hold up those behind it
            _log.error("decision_failed", decision=str(decision), error=type(error).__name__)


@app.periodic(cron="17 * * * *")
@app.task(name="requests.remind", queueing_lock="requests.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    """Members of whom something is asked since long are reminded, once."""
    _log.info("requests_reminded", number=following.remind_members(now=datetime.now(UTC)))


@app.periodic(cron="29 4 * * *")
@app.task(name="requests.measure", queueing_lock="requests.measure")
def measure(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    """The delays that members are told, and drafts nobody came back to."""
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
    with acting(actor=_ACTOR, role=Role.BATCH):
        figures = cases.measure_delays(now=now, on=today)
        cases.publish_figure(now=now, on=today)
        dropped = cases.drop_old_drafts(now=now, kept=timedelta(days=KEPT_DAYS))
    _log.info("requests_measured", figures=figures, drafts_dropped=dropped)
