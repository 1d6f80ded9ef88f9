"""Background work that needs what only the whole project knows: the pages that a text may link to."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from havre.commons.content import actions
from havre.commons.content import queries as content
from havre.doors.ui.publishing import publishing
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.refusals import Refusal

_log = structlog.get_logger(__name__)
_EDITOR = Actor(name="worker", channel=Channel.JOB, purpose="publish content at its moment")


@app.periodic(cron="* * * * *")
@app.task(name="content.publish_planned", queueing_lock="content.publish_planned")
def publish_planned(timestamp: int) -> None:  # noqa: ARG001  # given by the queue
    publish_due(now=datetime.now(UTC))


def publish_due(*, now: datetime) -> None:
    """Publish each draft whose moment has come. One that is refused waits: the desk shows it as late."""
    house = publishing()
    with acting(actor=_EDITOR, role=Role.EDITOR):
        due = [one for one in content.planned() if one.publish_at <= now]
    for one in due:
        try:
            actions.publish_planned(
                one=one,
                facts=house.facts(),
                pages=house.pages(),
                by=_EDITOR,
                now=now,
                today=now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date(),
            )
        except Refusal as refusal:
            why = type(refusal).__name__
            _log.warning("content_not_published", kind=one.kind, refusal=why)
