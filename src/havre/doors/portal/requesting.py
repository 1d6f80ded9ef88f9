"""Requests at the portal: whose they are, what a page of a form needs, where their papers are sent.

A request belongs to the membership that makes it: another adult of the household finds none of it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404

from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen, DelaySeen, DraftSeen, Whole
from havre.commons.cases.words import Answers, By, Side
from havre.commons.documents import queries as documents
from havre.commons.documents.actions import Sender
from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Compartment, UploadState
from havre.doors.portal.page import Viewer
from havre.doors.ui.addresses import url
from havre.doors.ui.uploading import UploadPlace
from havre.doors.ui.uploads import Piece, UploadList, upload_list
from havre.foundation.db import Role
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.registry import UnknownKind, kind_of
from havre.journeys.requests.words import Paper, Step

RUBRIC: Final = "requests"
CONTESTS: Final = "_contests"
"""In a draft's answers: the decided request that it contests. Never filed with them."""
_ORDER = (Compartment.GENERAL, Compartment.HEALTH, Compartment.MEDICAL)
_FRESH_SECONDS = 300.0


@dataclass(frozen=True)
class Writing:
    """A draft with all that its pages need."""

    draft: DraftSeen
    kind: Kind
    facts: Facts

    @property
    def answers(self) -> Answers:
        return self.draft.answers

    def steps(self) -> tuple[Step, ...]:
        return pages(self.kind, self.facts, self.answers)

    def step(self, name: str) -> Step:
        """The page of this name. Not found where what is answered leaves it out."""
        for step in self.steps():
            if step.name == name:
                return step
        raise Http404

    def url(self, step: str = "") -> str:
        if step:
            return url("portal:request-step", id=self.draft.id, step=step)
        return url("portal:request-check", id=self.draft.id)


def by(viewer: Viewer) -> By:
    return By(id=str(viewer.account.id), side=Side.MEMBER)


def facts_for(viewer: Viewer) -> Facts:
    """What is known of the reader; a membership that is gone has no requests."""
    account = viewer.account
    found = facts_of(household=account.household, membership=account.membership, today=viewer.today)
    if found is None:
        raise Http404
    return found


def kind_named(code: str) -> Kind:
    try:
        return kind_of(code)
    except UnknownKind:
        raise Http404 from None


def own_draft(viewer: Viewer, draft: UUID) -> DraftSeen | None:
    """The reader's own; anyone else's is not there."""
    found = cases.draft_of(household=viewer.account.household, draft=draft)
    return found if found and found.membership == viewer.account.membership else None


def own_case(viewer: Viewer, case: UUID) -> CaseSeen:
    """The reader's own; anyone else's is not found."""
    found = find_case(viewer, case)
    if found is None:
        raise Http404
    return found


def own_request(viewer: Viewer, case: UUID) -> Whole:
    """The same with all that it says."""
    found = cases.whole_of(household=viewer.account.household, case=case)
    if found is None or found.case.membership != viewer.account.membership:
        raise Http404
    return found


def find_case(viewer: Viewer, case: UUID) -> CaseSeen | None:
    found = cases.case_of(household=viewer.account.household, case=case)
    return found if found and found.membership == viewer.account.membership else None


def pages(kind: Kind, facts: Facts, answers: Answers) -> tuple[Step, ...]:
    """The pages of a form: those that ask something, or where papers may be sent."""
    steps = kind.steps(facts, answers)
    papers = bool(kind.papers(facts, answers))
    return tuple(step for step in steps if step.parts or (step.papers and papers))


def delays(kind: str, *, asked: bool) -> DelaySeen | None:
    """How long answers of this kind took, as last measured; a process asks every few minutes."""
    global _delays  # noqa: PLW0603  # one memory a process
    if time.monotonic() - _delays[0] > _FRESH_SECONDS:
        _delays = (time.monotonic(), cases.delays())
    return _delays[1].get((kind, asked))


_delays: tuple[float, dict[tuple[str, bool], DelaySeen]] = (-_FRESH_SECONDS, {})


def forget_delays() -> None:
    """For tests: what is remembered is asked again."""
    global _delays  # noqa: PLW0603
    _delays = (-_FRESH_SECONDS, {})


def paper_place(
    viewer: Viewer,
    *,
    subject: UUID,
    papers: Sequence[Paper],
    least: Compartment,
    back: str,
    still_open: bool = True,
) -> UploadPlace:
    """Where papers are sent; each in its own compartment, or the request's where that is closer."""
    account = viewer.account
    return UploadPlace(
        door="portal",
        sender=Sender(account.id, viewer.actor, Role.MEMBER, account.household),
        subject=subject,
        papers={one.code: max(one.compartment, least, key=_ORDER.index) for one in papers},
        back=back,
        now=viewer.now,
        open=still_open,
    )


def draft_place(viewer: Viewer, writing: Writing) -> UploadPlace:
    """Where the papers of a draft are sent, from the page of its form that takes them."""
    step = next((one.name for one in writing.steps() if one.papers), "")
    return paper_place(
        viewer,
        subject=writing.draft.id,
        papers=writing.kind.papers(writing.facts, writing.answers),
        least=writing.kind.compartment_of(writing.answers),
        back=writing.url(step),
    )


def paper_list(
    place: UploadPlace, papers: Sequence[Paper], uploads: Sequence[UploadSeen]
) -> UploadList:
    """The checklist, each paper with what was sent for it."""
    return upload_list(place, [Piece(one.code, one.label, hint_of(one)) for one in papers], uploads)


def hint_of(paper: Paper) -> str:
    hint = (
        f"{paper.hint}." if paper.hint and paper.why and paper.hint[-1] not in ".?" else paper.hint
    )
    return " ".join(filter(None, (hint, paper.why)))


def uploads_of(viewer: Viewer, subject: UUID) -> tuple[UploadSeen, ...]:
    return documents.uploads_of(household=viewer.account.household, subject=subject)


def given(uploads: Sequence[UploadSeen]) -> list[UploadSeen]:
    """What counts as sent: all but what was refused, set aside, or broke off."""
    lost = {UploadState.REFUSED, UploadState.QUARANTINED, UploadState.RECEIVING}
    return [one for one in uploads if one.state not in lost]
