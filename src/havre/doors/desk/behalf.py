"""Requests that the desk makes for a member: whose they are, where their pages are, under which guard.

What a member writes online and has not sent is theirs alone: the desk reaches none of it, and the member
nothing that is being written here. One about health is written by who may open it, and the member reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from havre.commons.audit import queries as audit_seen
from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen, DraftSeen
from havre.commons.documents.actions import Sender
from havre.commons.documents.words import Compartment
from havre.commons.staff.words import Permission
from havre.doors.desk import member_file, taking
from havre.doors.desk.page import Viewer
from havre.doors.ui.addresses import url
from havre.doors.ui.request_papers import compartments
from havre.doors.ui.request_writing import Writing
from havre.doors.ui.uploading import UploadPlace
from havre.foundation.db import Channel, Role
from havre.journeys.member_file.account import At
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.registry import UnknownKind, kind_of
from havre.journeys.requests.words import Paper

ASKS = Permission.MEMBERS_CHANGE
PURPOSE = "make a request for a member"


class HealthClosed(Exception):
    """What is written is about health, which whoever asks may open and has not, or no longer."""


@dataclass(frozen=True)
class ForMember(Writing):
    """What somebody of the desk is writing for a member."""

    viewer: Viewer
    health: bool

    def url(self, step: str = "") -> str:
        here = {"membership": self.draft.membership, "id": self.draft.id}
        return url("desk:for-step", step=step, **here) if step else url("desk:for-check", **here)

    def leave_url(self) -> str:
        return url("desk:member", membership=self.draft.membership)

    def papers_here(self) -> tuple[Paper, ...]:
        """Those that this person may read once they are sent."""
        medical = self.viewer.may(Permission.MEDICAL_READ)
        return tuple(
            one for one in self.papers() if medical or one.compartment is not Compartment.MEDICAL
        )

    def place(self) -> UploadPlace:
        return UploadPlace(
            door="desk",
            of="for-",
            sender=Sender(
                self.viewer.id,
                self.viewer.actor(purpose=PURPOSE, channel=self.draft.channel),
                self.viewer.health_role if self.health else Role.DESK,
                self.facts.household,
            ),
            subject=self.draft.id,
            papers=compartments(self.papers_here(), least=self.kind.compartment_of(self.answers)),
            back=self.papers_url() or self.url(),
            now=self.now,
            names={"membership": self.draft.membership},
        )


def at_of(viewer: Viewer, membership: UUID) -> At:
    """Where a member is; not found out of this person's scope. Needs the desk's role."""
    return At(member_file.household_of(viewer, membership), membership)


def kind_named(code: str) -> Kind:
    try:
        return kind_of(code)
    except UnknownKind:
        raise Http404 from None


def facts_at(viewer: Viewer, at: At) -> Facts:
    """What is known of the member. Needs the guard of the household."""
    found = facts_of(household=at.household, membership=at.membership, today=viewer.today)
    if found is None:
        raise Http404
    return found


def about_health(kind: Kind) -> bool:
    return kind.compartment is not Compartment.GENERAL


def may_ask(viewer: Viewer, kind: Kind) -> bool:
    """Whether this person may write one of this kind: those about health, who may open it."""
    return not about_health(kind) or viewer.may(Permission.HEALTH_OPEN)


@contextmanager
def inside_draft(
    viewer: Viewer, at: At, draft: UUID, *, channel: Channel = Channel.DESK
) -> Iterator[bool]:
    """The guard under which a draft, or what it became, is read; whether it is about health.

    Health was opened for it when it was begun: that says what it is before it is read. Who may not open
    it finds nothing; to who may and has not, ``HealthClosed``.
    """
    with viewer.inside(at.household, purpose=PURPOSE, channel=channel):
        opened = audit_seen.openings_for(household=at.household, case=draft)
        if not opened:
            yield False
            return
        if not viewer.may(Permission.HEALTH_OPEN):
            raise Http404
        if not any(one.staff == viewer.id and one.until > viewer.now for one in opened):
            raise HealthClosed
        with viewer.inside(at.household, health=True, purpose=PURPOSE, channel=channel):
            yield True


def draft_at(at: At, draft: UUID) -> DraftSeen | None:
    """What the desk writes for this member; anything else is not there. Needs its guard."""
    found = cases.draft_of(household=at.household, draft=draft)
    if found is None or found.membership != at.membership or found.channel is Channel.ONLINE:
        return None
    return found


def case_at(at: At, case: UUID) -> CaseSeen | None:
    """A request that the desk made for this member; any other is not there. Needs its guard."""
    found = cases.case_of(household=at.household, case=case)
    if found is None or found.membership != at.membership or found.channel is Channel.ONLINE:
        return None
    return found


def writing_at(viewer: Viewer, at: At, draft: DraftSeen, *, health: bool) -> ForMember:
    """A draft with all that its pages need. Needs its guard."""
    return ForMember(
        draft, kind_named(draft.kind), facts_at(viewer, at), viewer.now, viewer, health
    )


def drafts_at(viewer: Viewer, at: At) -> list[DraftSeen]:
    """What the desk is writing for this member, that whoever asks may go on with, where it was begun.

    Those about health where they have it open. Needs the guard of the household.
    """
    open_now = viewer.may(Permission.HEALTH_OPEN) and audit_seen.is_open(
        household=at.household, staff=viewer.id, now=viewer.now
    )
    with viewer.inside(at.household, health=open_now, purpose=PURPOSE):
        return cases.drafts_at_desk(household=at.household, membership=at.membership)


def open_for(viewer: Viewer, at: At, draft: UUID) -> None:
    """Open health for what is written, by itself: the member reads who did."""
    with viewer.inside(at.household, purpose="open health"):
        taking.open_for_case(viewer, household=at.household, case=draft)


def open_again(viewer: Viewer, at: At, draft: UUID) -> None:
    """The same for what somebody began; nothing is opened for what was not. Needs the desk's role."""
    with viewer.inside(at.household, purpose="open health"):
        if not audit_seen.openings_for(household=at.household, case=draft):
            raise Http404
        taking.open_for_case(viewer, household=at.household, case=draft)
