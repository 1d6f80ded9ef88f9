"""Deciding a request: the effect as it would be, the decision, its undoing, and its effect for good."""

from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.utils import translation

from havre.commons.audit import actions as audit
from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.queries import CaseSeen, DecisionSeen
from havre.commons.cases.words import Answers, Asked, AskState, By, Outcome, Ruling
from havre.commons.documents.words import Compartment
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.jobs import add_job
from havre.foundation.refusals import Refusal
from havre.journeys.requests import mails
from havre.journeys.requests.checking import left_empty
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Change, Request

APPLY = "requests.apply"
SEEN = "_seen"
"""In a decision's details: the mark of what its agent read as "before"."""
SECOND = "requests.second"
READ = "_read"
"""In a proposal's details: the effect that its agent read, by language."""
TRIED_FOR = timedelta(minutes=2)
"""How long an effect that breaks is tried again, before its request is somebody's again."""
BROKEN = "Broken"
"""Why a decision took no effect: something of ours broke. Otherwise the name of what refused it."""
_OPENED_FOR = timedelta(hours=1)
_log = structlog.get_logger(__name__)
_ROLES = {
    Compartment.GENERAL: Role.DESK,
    Compartment.HEALTH: Role.DESK_HEALTH,
    Compartment.MEDICAL: Role.DESK_MEDICAL,
}


class EffectMoved(Refusal):
    """What would be changed is no longer what the agent read: look at the request again."""


class AnsweredMeanwhile(Refusal):
    """The member answered what was asked after the decision was given: nobody has read that yet."""


class SecondNeeded(Refusal):
    """Two persons must look: send it to a second one, who validates it."""


class CannotValidate(Refusal):
    """What was filled in cannot take effect; ``words`` say why and what to do."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        super().__init__(f"{len(self.words)} things stand against it")


class SamePerson(Refusal):
    """The second person is the first one."""


class ContentClosed(Refusal):
    """What the request says is not open to whoever asks."""


def role_for(compartment: Compartment) -> Role:
    """The role of the database that reads requests of a compartment."""
    return _ROLES[compartment]


def request_of(*, household: UUID, case: UUID) -> Request | None:
    """A filed request with what it says. Refuses ``ContentClosed``. Two statements."""
    found = queries.case_of(household=household, case=case)
    if found is None:
        return None
    content = queries.content_of(household=household, case=case)
    if content is None:
        raise ContentClosed(str(case))
    return Request(found, content)


def ask(
    *,
    request: Request,
    facts: Facts,
    asked: Sequence[Asked],
    by: By,
    version: int,
    now: datetime,
) -> CaseSeen:
    """Ask the member for exactly what is missing, and write that something is asked.

    Needs the guard of the request. Refuses as ``cases.ask`` does.
    """
    case = cases.ask(
        household=facts.household,
        case=request.case.id,
        asked=asked,
        by=by,
        version=version,
        now=now,
    )
    mails.asked(facts, case, now=now)
    return case


def decide(
    *,
    request: Request,
    facts: Facts,
    ruling: Ruling,
    shown: str,
    version: int,
    now: datetime,
) -> DecisionSeen:
    """Give a decision, to take effect when it can no longer be undone.

    ``shown`` is the mark of the effect that the agent read (see ``mark_of``). Needs the guard of the
    request. Refuses ``CannotValidate``, ``EffectMoved``, ``SecondNeeded``, ``SamePerson``,
    ``CaseClosed`` and ``ChangedMeanwhile``.
    """
    kind = kind_of(request.case.kind)
    if ruling.outcome is Outcome.VALIDATED:
        _may_validate(request, facts, ruling, shown)
    decision = cases.decide(
        household=facts.household,
        case=request.case.id,
        ruling=replace(
            ruling,
            words=_whole_words(request, facts, ruling),
            details={**ruling.details, SEEN: shown},
        ),
        version=version,
        undo_for=kind.undo_for,
        now=now,
    )
    add_job(
        APPLY,
        at=decision.effective_at,
        household=str(facts.household),
        decision=str(decision.id),
    )
    return decision


def _whole_words(request: Request, facts: Facts, ruling: Ruling) -> str:
    """What was written, then what the kind says in any case and was left out."""
    with translation.override(request.case.language or None):
        said = kind_of(request.case.kind).said_in_any_case(
            request, facts, ruling.outcome, ruling.details
        )
    left_out = (one for one in said if one not in ruling.words)
    return "\n".join(filter(None, (ruling.words, *left_out)))


def ask_second(
    *,
    request: Request,
    facts: Facts,
    ruling: Ruling,
    shown: str,
    version: int,
    now: datetime,
) -> CaseSeen:
    """Send it to a second person, with what the first one read and would decide.

    Needs the guard of the request. Refuses ``EffectMoved``, ``CaseClosed`` and ``ChangedMeanwhile``.
    """
    details = ruling.details
    if shown != mark_of(request, facts, details):
        raise EffectMoved(str(request.case.id))
    read = {
        code: [astuple(one) for one in _effect(request, facts, details, language=code)]
        for code, _name in settings.LANGUAGES
    }
    return cases.ask_second(
        household=facts.household,
        case=request.case.id,
        ruling=replace(ruling, details={**details, READ: read}),
        version=version,
        needs=SECOND,
        now=now,
    )


def read_by_first(proposal: DecisionSeen, language: str) -> tuple[Change, ...]:
    """The effect as the first of two persons read it."""
    kept = proposal.details.get(READ, {})
    return tuple(Change(*one) for one in kept.get(language, ()))


def chosen(given: DecisionSeen) -> Answers:
    """What its agent filled in, without what the house keeps beside it."""
    return {name: value for name, value in given.details.items() if name not in {SEEN, READ}}


def _may_validate(request: Request, facts: Facts, ruling: Ruling, shown: str) -> None:
    kind = kind_of(request.case.kind)
    if empty := left_empty(kind.decision_form(request, facts), ruling.details):
        raise CannotValidate(empty)
    if against := kind.stands_against(request, facts, ruling.details):
        raise CannotValidate(against)
    if kind.needs_second(request, ruling.details):
        if not request.case.second_of:
            raise SecondNeeded(str(request.case.id))
        if request.case.second_of == ruling.by.id:
            raise SamePerson(str(request.case.id))
    if shown != mark_of(request, facts, ruling.details):
        raise EffectMoved(str(request.case.id))


def mark_of(request: Request, facts: Facts, details: Answers) -> str:
    """A mark of what validation would change, as it stands; "" where it changes nothing."""
    # In one language, so that a mark is a mark whoever reads.
    changes = _effect(request, facts, details, language="en")
    said = "\n".join(f"{one.label}\t{one.before}" for one in changes)
    return sha256(said.encode()).hexdigest()[:16] if changes else ""


def apply(*, household: UUID, decision: UUID, now: datetime) -> CaseSeen | None:
    """Make a decision take effect: the effect, the case, the mail, in one transaction, or nothing.

    Run twice it acts once. Where the effect is refused the request waits again and says why. One that
    breaks is raised, for its job to be tried again; after :data:`TRIED_FOR` the request waits again too.
    For the worker: it takes the role of the agent who decided, for this household alone.
    """
    found = _given(household, decision, now=now)
    if found is None:
        return None
    case, given = found
    actor = Actor(name=given.by, channel=Channel.JOB, purpose=f"decide request {case.number}")
    try:
        return _apply(case, given, actor, now=now)
    except Refusal as refused:
        _give_back(case, given, actor, why=type(refused).__name__, now=now)
    except Exception as error:
        _log.error("decision_broke", case=str(case.id), error=type(error).__name__)
        if now < given.effective_at + TRIED_FOR:
            raise
        _give_back(case, given, actor, why=BROKEN, now=now)
    return None


def _give_back(
    case: CaseSeen, given: DecisionSeen, actor: Actor, *, why: str, now: datetime
) -> None:
    """It took no effect, none of it: the request waits for somebody, and says why."""
    _log.warning("decision_not_applied", case=str(case.id), why=why)
    with acting(actor=actor, role=Role.DESK, household=case.household):
        _open(case, given, now=now)
        with acting(actor=actor, role=role_for(case.compartment), household=case.household):
            cases.not_applied(decision=given, why=why, now=now)


def _given(
    household: UUID, decision: UUID, *, now: datetime
) -> tuple[CaseSeen, DecisionSeen] | None:
    """The decision and its case, read as the worker, who sees no word of either."""
    actor = Actor(name="requests", channel=Channel.JOB, purpose="apply decisions")
    with acting(actor=actor, household=household):
        given = queries.decision_of(household=household, decision=decision)
        case = queries.case_of(household=household, case=given.case) if given else None
    if given is None or case is None or not given.is_due(now):
        return None
    return case, given


def _apply(case: CaseSeen, given: DecisionSeen, actor: Actor, *, now: datetime) -> CaseSeen | None:
    household = case.household
    today = now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).date()
    with acting(actor=actor, role=Role.DESK, household=household):
        _open(case, given, now=now)
        with acting(actor=actor, role=role_for(case.compartment), household=household):
            locked = cases.to_apply(household=household, decision=given.id, now=now)
            if locked is None:
                return None
            facts = facts_of(household=household, membership=case.membership, today=today)
            request = request_of(household=household, case=case.id)
            if facts is None or request is None:
                raise ContentClosed(str(case.id))
            if _answered_since(locked):
                raise AnsweredMeanwhile(str(case.id))
            with translation.override(facts.language):
                _effect_for_good(request, facts, locked, today=today, now=now)
            done = cases.conclude(decision=locked, now=now)
            mails.decided(facts, done, now=now)
            return done


def _answered_since(given: DecisionSeen) -> bool:
    asks = queries.asks_of(household=given.household, case=given.case)
    answers = (one for one in asks if one.state in {AskState.ANSWERED, AskState.NOT_HAD})
    return any(one.answered_at and one.answered_at > given.given_at for one in answers)


def _effect_for_good(
    request: Request, facts: Facts, given: DecisionSeen, *, today: date, now: datetime
) -> None:
    kind = kind_of(request.case.kind)
    details = chosen(given)
    shown = given.details.get(SEEN, "")
    given = replace(given, details=details)
    if given.outcome is Outcome.REJECTED:
        kind.rejected(request, facts, given, now=now)
        return
    if shown != mark_of(request, facts, details):
        raise EffectMoved(str(request.case.id))
    kind.apply(request, facts, given, today=today, now=now)


def _effect(
    request: Request, facts: Facts, details: Answers, *, language: str
) -> tuple[Change, ...]:
    with translation.override(language):
        return kind_of(request.case.kind).effect(request, facts, details)


def _open(case: CaseSeen, given: DecisionSeen, *, now: datetime) -> None:
    """A decision on care takes effect in the health of its household: told in the journal too."""
    if case.compartment is not Compartment.GENERAL:
        audit.open_health(
            household=case.household,
            staff=UUID(given.by),
            name=given.by_name,
            purpose=OpeningPurpose.REQUEST,
            case=case.id,
            now=now,
            until=now + _OPENED_FOR,
        )
