"""Of a request, in words that both doors say: how long answers take, what comes next and by when."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen, DelaySeen
from havre.commons.cases.words import CaseStatus
from havre.doors.ui import formats
from havre.foundation.db import Channel
from havre.journeys.requests.registry import UnknownKind, kind_of

_DAY = 24 * 3600
_FRESH_SECONDS = 300.0


def kind_title(code: str) -> str:
    """What a kind is called; one that is no longer there is told by its word."""
    try:
        return kind_of(code).title()
    except UnknownKind:
        return code


def made_for_you(channel: Channel) -> str:
    """By which way a member asked for what the team wrote down; "" for what they sent themselves."""
    return {
        Channel.PHONE: _("By phone: we wrote it down for you"),
        Channel.POST: _("By letter: we wrote it down for you"),
        Channel.MAIL: _("By e-mail: we wrote it down for you"),
        Channel.DESK: _("Our team wrote it down for you"),
    }.get(channel, "")


def delays(kind: str, *, asked: bool) -> DelaySeen | None:
    """How long answers of this kind took, as last measured; a process asks every few minutes."""
    global _delays  # noqa: PLW0603  # one memory a process
    if time.monotonic() - _delays[0] > _FRESH_SECONDS:
        _delays = (time.monotonic(), cases.delays())
    return _delays[1].get((kind, asked))


_delays: tuple[float, dict[tuple[str, bool], DelaySeen]] = (-_FRESH_SECONDS, {})


def working_days(seconds: int) -> str:
    """Seconds of working days, rounded up: nobody waits half a day less."""
    days = max(1, -(-seconds // _DAY))
    return ngettext("%(num)d working day", "%(num)d working days", days) % {"num": days}


def delay(one: DelaySeen | None) -> tuple[str, str] | None:
    """In which time half, and nine in ten, were answered; none where it is not measured."""
    if one is None:
        return None
    return working_days(one.median_seconds), working_days(one.ninetieth_seconds)


def next_and_when(case: CaseSeen, measured: DelaySeen | None) -> list[tuple[str, str]]:
    """What happens next and by when: what was measured, what the law says, and no promise beyond."""
    if not case.is_open:
        return []
    found: list[tuple[str, str]] = []
    if case.acknowledge_by and not case.acknowledged_at:
        words = _("At the latest on %(day)s") % {"day": _day(case.acknowledge_by)}
        found.append((_("We acknowledge it"), words))
    if case.status is CaseStatus.AWAITING_REPLY:
        found.append((_("Your answer"), _("Then we take it up again, in its place in the queue.")))
    elif case.read_at is None:
        found.append((_("A person reads it"), ""))
    found.append((_("Decision"), _decision(case, measured)))
    return found


def when(moment: datetime) -> str:
    """``10 novembre 2026, 21 h 16``, at the house's place."""
    local = moment.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
    return f"{formats.day(local.date())}, {formats.clock(local)}"


def chapters(steps: Sequence[str]) -> Iterator[str]:
    """Names of the pages of a form, the last of which reads it all again."""
    yield from steps
    yield _("Check")


def _decision(case: CaseSeen, measured: DelaySeen | None) -> str:
    said = []
    if measured is not None:
        said.append(
            _("Half of such requests are decided within %(half)s, nine in ten within %(most)s.")
            % {
                "half": working_days(measured.median_seconds),
                "most": working_days(measured.ninetieth_seconds),
            }
        )
    if case.legal_by:
        said.append(_("At the latest on %(day)s, by law.") % {"day": _day(case.legal_by)})
    return " ".join(said)


def _day(moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
    return formats.day(local.date())
