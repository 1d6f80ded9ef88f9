"""What a member does with a request on its way, and what the house tells them of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.cases import actions as cases
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import AskState, By, Side
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.requests import mails
from havre.journeys.requests.facts import Facts, facts_of

REMIND_AFTER = timedelta(days=10)
_ACTOR = Actor(name="requests", channel=Channel.JOB, purpose="remind of what is asked")


def answer(
    *,
    case: CaseSeen,
    answers: Mapping[UUID, tuple[AskState, str]],
    by: By,
    now: datetime,
) -> CaseSeen:
    """Answer what was asked. Needs the guard of the household. Refuses as ``cases.answer`` does."""
    return cases.answer(household=case.household, case=case.id, answers=answers, by=by, now=now)


def withdraw(*, case: CaseSeen, facts: Facts, by: By, now: datetime) -> CaseSeen:
    """Take a request back, and say so by mail. Needs the guard. Refuses ``CaseClosed``."""
    done = cases.withdraw(household=case.household, case=case.id, by=by, now=now)
    mails.withdrawn(facts, done, now=now)
    return done


def acknowledge(*, case: CaseSeen, facts: Facts, by: By, now: datetime) -> bool:
    """Acknowledge a complaint, once, by mail too. Needs the guard; false where it was."""
    if not cases.acknowledge(household=case.household, case=case.id, by=by, now=now):
        return False
    mails.acknowledged(facts, case, now=now)
    return True


def remind_members(*, now: datetime) -> int:
    """Remind, once, those of whom something is asked since ``REMIND_AFTER``; how many. For the worker."""
    with acting(actor=_ACTOR, role=Role.BATCH):
        due = cases.due_reminders(asked_before=now - REMIND_AFTER)
    return sum(_remind(household, case, now=now) for household, case in due)


def _remind(household: UUID, case: UUID, *, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
    by = By(id="requests", side=Side.HOUSE)
    with acting(actor=_ACTOR, household=household):
        found = cases.remind(household=household, case=case, by=by, now=now)
        if found is None:
            return False
        facts = facts_of(household=household, membership=found.membership, today=today)
        if facts is not None:
            mails.reminder(facts, found, now=now)
    return True
