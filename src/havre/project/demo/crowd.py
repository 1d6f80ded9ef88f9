"""Requests of the demo's other households, some hundred in every state, so that queue and figures look alive.

Drawn with a fixed seed and put through the actions on requests, without mails: three visits to the
database, one for each who acts.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import (
    Answers,
    Asked,
    AskReason,
    AskState,
    By,
    Filing,
    Outcome,
    Ruling,
    Side,
)
from havre.commons.staff import queries as staff
from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission, StaffRole
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.registry import kind_of

SignedInAs = Callable[[Role], AbstractContextManager[None]]
NUMBER, MEMBERS, SEED = 150, 40, 2026
_DAYS = 170
_ONLINE = Actor(name="demo", channel=Channel.ONLINE, purpose="make a request")
_SUBJECTS = (
    ("Changement d’adresse", "Nous déménageons le mois prochain. Que devons-nous envoyer ?"),
    ("Carte d’adhérent", "Ma carte est abîmée. Comment en recevoir une autre ?"),
    ("Hospital abroad", "Which hospitals near us take the card without payment in advance?"),
    ("Cotisation d’avril", "Le prélèvement a été présenté deux fois."),
    ("My daughter’s school", "The school asks for proof of cover on its own form."),
)
_SALARY = {"amount": {"amount": "54000.00", "currency": "EUR"}, "since": "2026-01-01"}
_KINDS: dict[str, tuple[int, tuple[str, ...], int]] = {
    # its weight, why it is rejected, how many days it takes
    "other": (42, ("not-ours",), 3),
    "certificate": (26, ("not-covered", "in-the-list"), 2),
    "complaint": (14, ("as-the-contract-says",), 12),
    "reference-salary": (9, ("employer-declares", "not-proved"), 5),
    "data-protection": (9, ("excessive",), 9),
}
_ASKED = Asked(
    piece="proof",
    reason=AskReason.INCOMPLETE,
    words="Il manque une page. Envoyez le document complet, une photo lisible suffit.",
)


@dataclass
class _Drawn:
    """A request and what becomes of it; ``asked`` counts how often the same paper is asked for."""

    kind: str
    household: UUID
    membership: UUID
    at: datetime
    asked: int
    took: timedelta
    outcome: Outcome | None
    reason: str
    score: int
    words: tuple[str, str]
    case: CaseSeen | None = field(default=None)


def fill(numbers: Sequence[str], *, signed_in_as: SignedInAs, now: datetime) -> list[CaseSeen]:
    """Requests of the members who have these adherent numbers, filed, asked about, decided; those that
    are open, the oldest first.
    """
    chance = Random(SEED)  # noqa: S311  # the same demo each time
    with signed_in_as(Role.WORKER), acting(actor=_ONLINE):
        found = [people.locate(adherent_number=number) for number in numbers[:MEMBERS]]
    members = [(one.household, one.membership) for one in found if one]
    drawn = [_drawn(chance, chance.choice(members), now=now) for _number in range(NUMBER)]
    drawn.sort(key=lambda one: one.at)
    known: dict[UUID, Facts | None] = {}
    with signed_in_as(Role.WEB):
        for one in drawn:
            one.case = _filed(one, known, now=now)
    with signed_in_as(Role.DESK_WEB):
        with acting(actor=_ONLINE):
            agents = _agents()
        for one in drawn:
            _handled(one, chance.choice(agents), now=now)
    with signed_in_as(Role.WEB):
        for one in drawn:
            _judged(one)
    with signed_in_as(Role.WORKER), acting(actor=_ONLINE, role=Role.BATCH):
        cases.measure_delays(now=now, on=now.date())
        cases.publish_figure(now=now, on=now.date())
    return [one.case for one in drawn if one.case and one.outcome is None]


def _agents() -> list[StaffSeen]:
    working = staff.working(permission=Permission.REQUESTS_DECIDE)
    chosen = {StaffRole.AGENT, StaffRole.SUPERVISOR}
    return [one for one in working if chosen.intersection(one.roles)]


def _drawn(chance: Random, who: tuple[UUID, UUID], *, now: datetime) -> _Drawn:
    kind = chance.choices(list(_KINDS), weights=[weight for weight, _r, _d in _KINDS.values()])[0]
    _weight, reasons, days = _KINDS[kind]
    # Most of them lately: what is too rare to be told is hidden in the figures.
    at = now - timedelta(minutes=60 + int(_DAYS * 24 * 60 * chance.random() ** 1.6))
    took = timedelta(hours=chance.randrange(5, days * 40))
    rejected = chance.random() < 0.24
    waits = at + took > now - timedelta(hours=1) or chance.random() < 0.04
    outcome = None if waits else Outcome.REJECTED if rejected else Outcome.VALIDATED
    return _Drawn(
        kind=kind,
        household=who[0],
        membership=who[1],
        at=at,
        asked=chance.choices((0, 1, 2), weights=(66, 23, 11))[0],
        took=took,
        outcome=outcome,
        reason=chance.choice(reasons) if outcome is Outcome.REJECTED else "",
        score=chance.choices((0, 1, 2, 3, 4, 5), weights=(36, 6, 6, 10, 18, 24))[0],
        words=chance.choice(_SUBJECTS),
    )


def _answers(one: _Drawn, person: UUID, contract: UUID | None) -> Answers:
    subject, words = one.words
    by_kind: dict[str, Answers] = {
        "other": {"subject": subject, "words": words},
        "certificate": {
            "people": [str(person)],
            "recipient": "Consulat",
            "words": "Garantie rapatriement",
            "language": "fr",
        },
        "complaint": {"subject": "service", "words": words, "wish": ""},
        "reference-salary": {**_SALARY, "contract": str(contract or "")},
        "data-protection": {"right": "access"},
    }
    return by_kind[one.kind]


def _filed(one: _Drawn, known: dict[UUID, Facts | None], *, now: datetime) -> CaseSeen | None:
    kind, who = kind_of(one.kind), one.membership
    with acting(actor=_ONLINE, role=Role.MEMBER, household=one.household):
        if who not in known:
            known[who] = facts_of(household=one.household, membership=who, today=now.date())
        facts = known[who]
        if facts is None:
            return None
        contract = next(iter(facts.in_force()), None)
        answers = {
            **kind.begin(facts),
            **_answers(one, facts.me.id, contract.id if contract else None),
        }
        draft = cases.begin_draft(
            household=one.household,
            membership=one.membership,
            kind=one.kind,
            channel=Channel.ONLINE,
            by=str(one.membership),
            answers=answers,
            now=one.at,
        )
        filing = _filing(one, facts, answers, draft)
        return cases.file(filing, now=one.at).case


def _filing(one: _Drawn, facts: Facts, answers: Answers, draft: UUID) -> Filing:
    kind = kind_of(one.kind)
    return Filing(
        draft=draft,
        belongs=facts.belongs(kind.contract(facts, answers)),
        kind=one.kind,
        prefix=kind.prefix,
        title=kind.headline(facts, answers),
        answers=answers,
        papers=(),
        compartment=kind.compartment_of(answers),
        clocks=kind.clocks(one.at, answers),
        needs=kind.needs,
        channel=Channel.ONLINE,
        by=_member(one),
    )


def _handled(one: _Drawn, agent: StaffSeen, *, now: datetime) -> None:
    """Read, asked about as often as it is, and decided where it is."""
    if one.case is None or (one.outcome is None and one.at > now - timedelta(days=2)):
        return
    by = By(id=str(agent.id), side=Side.STAFF, name=agent.first_name)
    actor = Actor(name=str(agent.id), channel=Channel.DESK, purpose="answer a request")
    with acting(actor=actor, role=Role.DESK, household=one.household):
        cases.mark_read(household=one.household, case=one.case.id, by=by, now=one.at + one.took / 6)
        for turn in range(one.asked):
            _ask(one, by, at=one.at + one.took * (1 + turn) / 5, stays=_stays(one, turn))
        if one.outcome is not None:
            _decide(one, by, at=one.at + one.took)


def _stays(one: _Drawn, turn: int) -> bool:
    """Whether the last thing asked of an open request is still awaited."""
    return one.outcome is None and turn == one.asked - 1


def _ask(one: _Drawn, by: By, *, at: datetime, stays: bool) -> None:
    case = _filed_as(one)
    asked = one.case = cases.ask(
        household=one.household,
        case=case.id,
        asked=[_ASKED],
        by=by,
        version=case.version,
        now=at,
    )
    if stays:
        return
    waiting = queries.asks_of(household=one.household, case=asked.id)
    one.case = cases.answer(
        household=one.household,
        case=asked.id,
        answers={
            ask.id: (AskState.ANSWERED, "Voici le document complet.")
            for ask in waiting
            if ask.state is AskState.OPEN
        },
        by=_member(one),
        now=at + one.took / 8,
    )


def _decide(one: _Drawn, by: By, *, at: datetime) -> None:
    if one.outcome is None:
        return
    case = _filed_as(one)
    given = cases.decide(
        household=one.household,
        case=case.id,
        ruling=Ruling(
            outcome=one.outcome,
            by=by,
            words="Nous avons regardé votre demande. Vous pouvez nous écrire ici si un point reste à voir.",
            reason=one.reason,
            details={},
        ),
        version=case.version,
        undo_for=timedelta(0),
        now=at,
    )
    due = cases.to_apply(household=one.household, decision=given.id, now=at)
    if due is not None:
        cases.conclude(decision=due, now=at)


def _judged(one: _Drawn) -> None:
    if one.case is None or one.outcome is None or not one.score:
        return
    with acting(actor=_ONLINE, role=Role.MEMBER, household=one.household):
        cases.give_opinion(
            household=one.household,
            case=one.case.id,
            score=one.score,
            words="",
            now=one.at + one.took + timedelta(hours=5),
        )


def _filed_as(one: _Drawn) -> CaseSeen:
    if one.case is None:
        raise LookupError("what was filed is there")
    return one.case


def _member(one: _Drawn) -> By:
    return By(id=str(one.membership), side=Side.MEMBER)
