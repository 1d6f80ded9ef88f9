"""What else waits at the desk of the demo: taken, put off, noted, for a second person; feeds and a mail."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import cycle

from havre.commons.cases import actions as cases
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import By, CaseStatus, Outcome, Ruling, Side
from havre.commons.notifications import actions as mails
from havre.commons.notifications import queries as mails_seen
from havre.commons.staff import queries as staff
from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission, StaffRole
from havre.commons.worklist import actions as worklist
from havre.commons.worklist import queries as waiting
from havre.commons.worklist.queries import Wanted
from havre.commons.worklist.words import Source
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.loading import waiting as feeds
from havre.journeys.loading.problems import Location, Problem, WrongFeed
from havre.journeys.loading.report import Outcome as Became
from havre.journeys.loading.report import Report, RowOutcome
from havre.journeys.requests import mails as request_mails
from havre.journeys.requests.facts import facts_of

SignedInAs = Callable[[Role], AbstractContextManager[None]]
_HOUSE = Actor(name="demo", channel=Channel.COMMAND, purpose="make what waits")
_NOTES = (
    "Vu avec la gestion : le document de mars suffit.",
    "A rappelé ce matin, préfère un courriel.",
    "À revoir avec le contrat de son employeur.",
)
_PROPOSED = "Nous sommes d’accord avec votre demande."
_STATEMENTS = "reglements-semaine-46.jsonl"


def fill(opened: Sequence[CaseSeen], *, signed_in_as: SignedInAs, now: datetime) -> None:
    """Act on requests that are open, the oldest first, and let feeds and a mail wait beside them."""
    in_hand = [one for one in opened if one.status is CaseStatus.IN_PROGRESS]
    with signed_in_as(Role.DESK_WEB):
        with acting(actor=_HOUSE):
            working = staff.working(permission=Permission.REQUESTS_DECIDE)
        agents = [one for one in working if StaffRole.AGENT in one.roles]
        for case, agent, note in zip(in_hand[:6], cycle(agents), cycle(_NOTES), strict=False):
            _work(case, agent, note, second=case in in_hand[4:6], now=now)
    with signed_in_as(Role.WEB):
        for case in in_hand[-2:-1]:
            _withdraw(case, now=now)
        written = next((one for one in reversed(in_hand[:-2]) if _receipt(one, now=now)), None)
    with signed_in_as(Role.WORKER):
        if written:
            _come_back(written, now=now)
        _feeds(now=now)


def _work(case: CaseSeen, agent: StaffSeen, note: str, *, second: bool, now: datetime) -> None:
    """Noted, then taken, put off, or sent to a second person."""
    by = By(id=str(agent.id), side=Side.STAFF, name=agent.first_name)
    actor = Actor(name=str(agent.id), channel=Channel.DESK, purpose="answer a request")
    with acting(actor=actor, role=Role.DESK, household=case.household):
        cases.add_note(household=case.household, case=case.id, words=note, by=by, now=now)
        if second:
            cases.ask_second(
                household=case.household,
                case=case.id,
                ruling=Ruling(
                    outcome=Outcome.VALIDATED, by=by, words=_PROPOSED, reason="", details={}
                ),
                version=case.version,
                needs=Permission.REQUESTS_SECOND,
                now=now,
            )
            return
        item = waiting.item_of(source=Source.CASE, source_id=case.id)
        if item is None:
            return
        worklist.take(item=item.id, by=agent.id, now=now)
        if case.id.int % 2:
            worklist.snooze(
                items=[item.id],
                until=now + timedelta(days=2),
                wanted=Wanted(permissions=frozenset(map(str, agent.permissions))),
                by=agent.id,
                now=now,
            )


def _withdraw(case: CaseSeen, *, now: datetime) -> None:
    with acting(actor=_HOUSE, role=Role.MEMBER, household=case.household):
        by = By(id=str(case.membership), side=Side.MEMBER)
        cases.withdraw(household=case.household, case=case.id, by=by, now=now)


def _receipt(case: CaseSeen, *, now: datetime) -> bool:
    """Its mail is in the outbox, where its member has an address."""
    with acting(actor=_HOUSE, role=Role.MEMBER, household=case.household):
        facts = facts_of(
            household=case.household, membership=case.membership, today=case.filed_at.date()
        )
        if facts is None or not facts.me.email:
            return False
        request_mails.receipt(facts, case, now=now)
    return True


def _come_back(case: CaseSeen, *, now: datetime) -> None:
    """The mail of a request left, and its address took it no more."""
    with acting(actor=_HOUSE, role=Role.DESK, household=case.household):
        sent, _more = mails_seen.mails_of(membership=case.membership, size=1)
    for mail in sent:
        mails.send(mail_id=mail.id, now=now)
        mails.note_returned(name=mails.message_name(mail.id), for_good=True, now=now)


def _feeds(*, now: datetime) -> None:
    """One that was refused, one that came with a remark."""
    problems = [
        Problem(Location(_STATEMENTS, 118), "reimbursed", "is more than what was spent"),
        Problem(Location(_STATEMENTS, 240), "contract", "LARGE/K-2044 is not known"),
        Problem(Location(_STATEMENTS, 241), "care_date", "is after the transfer’s"),
    ]
    feeds.refused(
        command="havre import statements", files=[_STATEMENTS], wrong=WrongFeed(problems), now=now
    )
    members, report = "adherents-semaine-46.jsonl", Report(every_row=False)
    odd = "address: has no town"
    report.add(
        RowOutcome(Location(members, 12), "person", "LARGE/P-118", Became.WARNING, odd),
    )
    feeds.loaded(
        command="havre import members",
        files=[members],
        report=report,
        now=now - timedelta(days=1),
    )
