"""Making a request for a member: chosen with how it was asked, written page by page, read again, sent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.audit import actions as audit
from havre.commons.cases import actions as cases
from havre.commons.cases.actions import DraftGone, FiledOtherwise
from havre.commons.cases.queries import DraftSeen
from havre.commons.documents import actions as documents
from havre.commons.staff import queries as staff
from havre.commons.staff.words import Permission
from havre.doors.desk import behalf, request_words
from havre.doors.desk.account_forms import ChannelForm
from havre.doors.desk.behalf import ASKS, ForMember, HealthClosed
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.taking import staff_by
from havre.doors.ui import request_words as words
from havre.doors.ui import request_writing as pages
from havre.doors.ui.request_writing import Shown
from havre.foundation.db import Channel
from havre.foundation.ids import new_id
from havre.journeys.member_file.account import At
from havre.journeys.requests import drafting
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.registry import catalogue
from havre.journeys.requests.words import Family

RUBRIC = "members"
_LONGEST_SEARCH = 100
_TEMPLATES = {
    "step": "desk/for_step.jinja",
    "check": "desk/for_check.jinja",
    "elsewhere": "desk/for_elsewhere.jinja",
}


@dataclass(frozen=True)
class Left:
    """Something that is being written for a member, and who began it."""

    draft: DraftSeen
    title: str
    asked: str
    by: str

    @property
    def id(self) -> UUID:
        return self.draft.id

    @property
    def kind(self) -> str:
        return self.draft.kind

    @property
    def channel(self) -> Channel:
        return self.draft.channel

    @property
    def untouched(self) -> bool:
        return self.draft.version == 0


@require_safe
@desk_page(ASKS)
def choose(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """Everything that this member can ask for, and what is being written already."""
    at = behalf.at_of(viewer, membership)
    searched = request.GET.get("q", "")[:_LONGEST_SEARCH].strip()
    with viewer.inside(at.household, purpose=behalf.PURPOSE):
        facts = behalf.facts_at(viewer, at)
        found = [
            (kind, _closed(viewer, kind, facts))
            for kind, _why in catalogue(facts, searched=searched)
        ]
        left = _left(viewer, at)
    shelves = [
        (request_words.family(family), [one for one in found if one[0].family is family])
        for family in Family
    ]
    values = {
        "member": facts.me,
        "shelves": [shelf for shelf in shelves if shelf[1]],
        "searched": searched,
        "left": left,
    }
    return Page("desk/for_new.jinja", values, RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(ASKS)
def begin(request: HttpRequest, viewer: Viewer, membership: UUID, kind: str) -> Made:
    """How it was asked, then a draft. A second click finds the one that the first began."""
    at, asked = behalf.at_of(viewer, membership), behalf.kind_named(kind)
    form = ChannelForm(request.POST or None)
    with viewer.inside(at.household, purpose=behalf.PURPOSE):
        facts = behalf.facts_at(viewer, at)
        closed = _closed(viewer, asked, facts)
        left = [] if closed else [one for one in _left(viewer, at) if one.kind == asked.code]
    if request.method == "POST" and not closed and form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        fresh = [one.id for one in left if one.untouched and one.channel is channel]
        made = fresh[0] if fresh else _begun(viewer, at, asked, channel)
        return redirect("desk:for-draft", membership=membership, id=made)
    values = {
        "member": facts.me,
        "kind": asked,
        "closed": closed,
        "left": left,
        "health": behalf.about_health(asked),
        "form": form,
    }
    return Page("desk/for_begin.jinja", values, RUBRIC, status=422 if form.is_bound else 200)


@require_safe
@desk_page(ASKS)
def resume(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """Where it was left; a draft that was sent leads to its receipt."""
    return _with_draft(viewer, membership, id, pages.resumed)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(ASKS)
def step(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID, step: str) -> Made:  # noqa: A002
    """One page of the form; each of its buttons keeps what is written there."""
    return _with_draft(
        viewer,
        membership,
        id,
        lambda writing: _drawn(pages.page_of(request, writing, step), writing),
    )


@require_safe
@desk_page(ASKS)
def check(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """All that will be sent, to be read again to the member."""
    return _with_draft(
        viewer, membership, id, lambda writing: _drawn(pages.check(writing), writing)
    )


@require_POST
@desk_page(ASKS)
def send(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID) -> Made:  # noqa: A002
    """Put it on file: once, however often it is sent, as it was read; by the way it was asked."""

    def sent(writing: ForMember) -> Made:
        household, channel = writing.facts.household, writing.draft.channel
        try:
            with viewer.inside(
                household, health=writing.health, purpose=behalf.PURPOSE, channel=channel
            ):
                shown = pages.send(
                    request,
                    writing,
                    channel=channel,
                    by=staff_by(viewer),
                    language=writing.facts.language,
                )
        except (FiledOtherwise, DraftGone):  # somebody sent it a moment ago: that one stands
            return redirect("desk:for-receipt", membership=membership, id=id)
        if shown is not None:
            return _drawn(shown, writing)
        return redirect("desk:for-receipt", membership=membership, id=id)

    return _with_draft(viewer, membership, id, sent)


@require_POST
@desk_page(ASKS)
def drop(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """Forget what was written, the files sent for it, and what was opened for it. Said twice is said once."""

    def dropped(writing: ForMember) -> Made:
        household = writing.facts.household
        documents.remove_uploads_of(household=household, subject=id)
        cases.drop_draft(household=household, draft=id)
        with viewer.inside(household, purpose="close health"):
            audit.close_health(household=household, now=viewer.now, case=id)
        return redirect("desk:for-new", membership=membership)

    with suppress(Http404):
        return _with_draft(viewer, membership, id, dropped)
    return redirect("desk:for-new", membership=membership)


@require_POST
@desk_page(ASKS)
def reopen(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """Open health again for what somebody began: the member reads that too."""
    if not viewer.may(Permission.HEALTH_OPEN):
        raise Http404
    behalf.open_again(viewer, behalf.at_of(viewer, membership), id)
    return redirect("desk:for-draft", membership=membership, id=id)


def _with_draft(
    viewer: Viewer,
    membership: UUID,
    draft: UUID,
    do: Callable[[ForMember], Made],
) -> Made:
    """What ``do`` makes of the draft, under its guard; the way to what it became; else not found."""
    at = behalf.at_of(viewer, membership)
    try:
        with behalf.inside_draft(viewer, at, draft) as health:
            found = behalf.draft_at(at, draft)
            if found is not None:
                return do(behalf.writing_at(viewer, at, found, health=health))
            if behalf.case_at(at, draft) is None:
                raise Http404
    except HealthClosed:
        return Page("desk/for_closed.jinja", {"membership": membership, "draft": draft}, RUBRIC)
    return redirect("desk:for-receipt", membership=membership, id=draft)


def _begun(viewer: Viewer, at: At, kind: Kind, channel: Channel) -> UUID:
    """A new draft; health is opened for one that is about it."""
    draft, health = new_id(), behalf.about_health(kind)
    if health:
        behalf.open_for(viewer, at, draft)
    with viewer.inside(at.household, health=health, purpose=behalf.PURPOSE, channel=channel):
        return drafting.begin(
            kind=kind,
            facts=behalf.facts_at(viewer, at),
            by=str(viewer.id),
            channel=channel,
            now=viewer.now,
            draft=draft,
        )


def _closed(viewer: Viewer, kind: Kind, facts: Facts) -> str:
    """Why this cannot be asked for here, "" where it can."""
    if not behalf.may_ask(viewer, kind):
        return _("It is about health: a health agent makes it.")
    return kind.closed_because(facts)


def _left(viewer: Viewer, at: At) -> list[Left]:
    """What is being written for the member, with who began it."""
    drafts = behalf.drafts_at(viewer, at)
    names = staff.names_of(staff=[UUID(one.written_by) for one in drafts])
    return [
        Left(
            one,
            words.kind_title(one.kind),
            request_words.channel(one.channel),
            names.get(UUID(one.written_by), ""),
        )
        for one in drafts
    ]


def _drawn(shown: Shown | HttpResponseBase, writing: ForMember) -> Made:
    if isinstance(shown, HttpResponseBase):
        return shown
    kept_apart = len(writing.papers()) > len(writing.papers_here())
    values = {
        **shown.values,
        "member": writing.facts.me,
        "asked": request_words.channel(writing.draft.channel),
        "kept_apart": kept_apart,
    }
    return Page(_TEMPLATES[shown.name], values, RUBRIC, status=shown.status)
