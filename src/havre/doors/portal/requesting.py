"""Requests at the portal: whose they are, where the pages of a form are, where papers are sent.

A request belongs to the membership that makes it: another adult of the household finds none of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404

from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen, DraftSeen, Whole
from havre.commons.cases.words import By, Side
from havre.commons.documents import queries as documents
from havre.commons.documents.actions import Sender
from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Compartment
from havre.doors.portal.page import Viewer
from havre.doors.ui.addresses import url
from havre.doors.ui.request_papers import compartments
from havre.doors.ui.request_writing import Writing
from havre.doors.ui.uploading import UploadPlace
from havre.foundation.db import Channel, Role
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.registry import UnknownKind, kind_of
from havre.journeys.requests.words import Paper

RUBRIC: Final = "requests"
CONTESTS: Final = "_contests"
"""In a draft's answers: the decided request that it contests. Never filed with them."""


@dataclass(frozen=True)
class OwnWriting(Writing):
    """What the reader is writing."""

    viewer: Viewer
    files: tuple[UploadSeen, ...]

    def url(self, step: str = "") -> str:
        if step:
            return url("portal:request-step", id=self.draft.id, step=step)
        return url("portal:request-check", id=self.draft.id)

    def leave_url(self) -> str:
        return url("portal:requests")

    def uploads(self) -> tuple[UploadSeen, ...]:
        return self.files

    def place(self) -> UploadPlace:
        return paper_place(
            self.viewer,
            subject=self.draft.id,
            papers=self.papers(),
            least=self.kind.compartment_of(self.answers),
            back=self.papers_url() or self.url(),
        )


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
    """What the reader writes; anyone else's is not there, nor what the desk writes for them."""
    found = cases.draft_of(household=viewer.account.household, draft=draft)
    return found if found and _is_own(viewer, found) else None


def own_writing(viewer: Viewer, draft: UUID) -> OwnWriting | None:
    """The same with its files and all that its pages need."""
    found = cases.draft_with_files(household=viewer.account.household, draft=draft)
    if found is None or not _is_own(viewer, found[0]):
        return None
    seen, files = found
    return OwnWriting(seen, kind_named(seen.kind), facts_for(viewer), viewer.now, viewer, files)


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
        papers=compartments(papers, least=least),
        back=back,
        now=viewer.now,
        open=still_open,
    )


def uploads_of(viewer: Viewer, subject: UUID) -> tuple[UploadSeen, ...]:
    return documents.uploads_of(household=viewer.account.household, subject=subject)


def _is_own(viewer: Viewer, draft: DraftSeen) -> bool:
    return draft.membership == viewer.account.membership and draft.channel is Channel.ONLINE
