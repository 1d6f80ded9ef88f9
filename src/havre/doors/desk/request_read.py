"""Everything that the page of a request needs, read at once under its guard."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import Http404

from havre.commons.accounts import queries as accounts
from havre.commons.audit import queries as audit
from havre.commons.audit.words import Opened
from havre.commons.cases import queries as cases
from havre.commons.cases.queries import (
    AskSeen,
    CaseSeen,
    ContentSeen,
    DecisionSeen,
    EventSeen,
    NoteSeen,
)
from havre.commons.cases.words import DecisionState
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Compartment
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.doors.desk.page import Viewer
from havre.doors.desk.queueing import Asked, near, wanted
from havre.doors.desk.taking import inside_case
from havre.journeys.requests.deciding import ContentClosed
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.words import Request

BEFORE, BEHIND = 3, 8
"""How many lines of the queue stand around the one that is read."""


@dataclass(frozen=True)
class Found:
    """A request that somebody may come near, and what waits for it."""

    case: CaseSeen
    item: ItemSeen | None

    def in_hand(self, viewer: Viewer) -> bool:
        return self.item is not None and self.item.assigned_to == viewer.id


@dataclass(frozen=True, kw_only=True)
class Work:
    """A request as its page has it. ``request`` is none where its content is closed to who looks."""

    found: Found
    facts: Facts
    request: Request | None
    events: Sequence[EventSeen]
    asks: Sequence[AskSeen]
    notes: Sequence[NoteSeen]
    decisions: Sequence[DecisionSeen]
    uploads: Sequence[UploadSeen]
    openings: Sequence[Opened]
    others: int
    zone: str | None

    @property
    def case(self) -> CaseSeen:
        return self.found.case

    @property
    def opened(self) -> Request:
        """The request with what it says. Refuses ``ContentClosed``."""
        if self.request is None:
            raise ContentClosed(str(self.case.id))
        return self.request

    @property
    def proposal(self) -> DecisionSeen | None:
        """What the first of two persons would decide, while a second one is asked."""
        return next(
            (
                one
                for one in self.decisions
                if one.state is DecisionState.PROPOSED and one.by == self.case.second_of
            ),
            None,
        )

    @property
    def pending(self) -> DecisionSeen | None:
        """A decision that can still be undone, or is just taking effect."""
        return next((one for one in self.decisions if one.state is DecisionState.PENDING), None)


def found(viewer: Viewer, case: UUID) -> Found:
    """The request, where this person's scope has it; else it is missing. Two statements."""
    seen = cases.found_case(case=case)
    scope = near(viewer).scope
    if seen is None or not scope.covers(
        product=seen.product, employer=seen.employer, intermediary=seen.intermediary
    ):
        raise Http404
    return Found(seen, worklist.item_of(source=Source.CASE, source_id=case))


def read(viewer: Viewer, at: Found) -> Work:
    """The request with all that belongs to it. A constant number of statements."""
    case = at.case
    of = {"household": case.household, "case": case.id}
    with inside_case(viewer, case, in_hand=at.in_hand(viewer)) as opened:
        content = cases.content_of(**of) if opened else None
        return Work(
            found=at,
            facts=facts(viewer, case),
            request=_request(case, content),
            events=cases.events_of(**of, told=False),
            asks=cases.asks_of(**of),
            notes=cases.notes_of(**of),
            decisions=cases.decisions_of(**of),
            uploads=documents.uploads_of(household=case.household, subject=case.id),
            openings=_openings(case),
            others=sum(
                one.source_id != case.id for one in worklist.waiting_of(household=case.household)
            ),
            zone=accounts.last_zone(membership=case.membership),
        )


def facts(viewer: Viewer, case: CaseSeen) -> Facts:
    """What is known of who asks. Needs the guard of the household."""
    known = facts_of(household=case.household, membership=case.membership, today=viewer.today)
    if known is None:
        raise Http404
    return known


def around(viewer: Viewer, at: Found, query: Asked) -> tuple[list[ItemSeen], int]:
    """The queue around what is read, and where in it that stands. Two statements."""
    page = partial(worklist.queue, wanted(query, viewer), by=viewer.id, now=viewer.now)
    if at.item is None:
        return list(page(size=BEHIND).items), -1
    place = at.item.place(query.order)
    before = list(page(size=BEFORE, before=place).items)
    return [*before, at.item, *page(size=BEHIND, after=place).items], len(before)


def _request(case: CaseSeen, content: ContentSeen | None) -> Request | None:
    return Request(case, content) if content is not None else None


def _openings(case: CaseSeen) -> Sequence[Opened]:
    if case.compartment is Compartment.GENERAL:
        return ()
    return [one for one in audit.openings_of(household=case.household) if one.case == case.id]
