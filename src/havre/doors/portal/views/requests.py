"""What a member asked and is asked, and what there is to ask for."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.cases import actions
from havre.commons.cases import queries as cases
from havre.commons.cases.queries import AskSeen, CaseSeen, DraftSeen
from havre.commons.cases.words import Answers
from havre.commons.documents import actions as documents
from havre.doors.portal import request_words as words
from havre.doors.portal.cursors import request_token, requests_at
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.portal.requesting import (
    CONTESTS,
    RUBRIC,
    facts_for,
    find_case,
    kind_named,
    own_draft,
)
from havre.doors.ui import request_words as said
from havre.doors.ui.addresses import url
from havre.doors.ui.request_words import kind_title
from havre.foundation.db import Channel
from havre.journeys.requests import drafting
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.registry import catalogue
from havre.journeys.requests.words import Family

_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Shelf:
    """Kinds of one family: each with why it is closed, "" where it is open."""

    name: str
    kinds: tuple[tuple[Kind, str], ...]


@require_safe
@member_page
def index(request: HttpRequest, viewer: Viewer) -> Made:
    """What waits for the reader, what they are writing, what they sent."""
    household, membership = viewer.account.household, viewer.account.membership
    after = requests_at(request.GET.get("after", ""))
    found = cases.cases_of(household=household, membership=membership, after=after)
    older = ""
    if found.older:
        older = f"{url('portal:requests')}?{urlencode({'after': request_token(found.older)})}"
    values = {
        "first": after is None,
        "asks": [] if after else asks_of(viewer),
        "drafts": [] if after else drafts_of(viewer),
        "requests": [(one, title, words.status(one.status)) for one, title in found.cases],
        "older_url": older,
        "asked_twice": "" if after else words.asked_twice(cases.published()),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/requests/index.jinja", values, rubric=RUBRIC)


@require_safe
@member_page
def choose(request: HttpRequest, viewer: Viewer) -> Made:
    """Everything that can be asked, by family, with a search."""
    searched = request.GET.get("q", "")[:_LONGEST_SEARCH].strip()
    found = catalogue(facts_for(viewer), searched=searched)
    shelves = [
        Shelf(words.family(family), tuple(one for one in found if one[0].family is family))
        for family in Family
    ]
    values = {
        "shelves": [shelf for shelf in shelves if shelf.kinds],
        "searched": searched,
        "back_url": url("portal:requests"),
    }
    return Page("portal/requests/catalogue.jinja", values, rubric=RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def begin(request: HttpRequest, viewer: Viewer, kind: str) -> Made:
    """A draft of this kind: a new one, or the one that was left."""
    asked = kind_named(kind)
    facts = facts_for(viewer)
    closed = asked.closed_because(facts)
    contested = _contested(request, viewer, asked)
    left = [] if closed else _left(viewer, asked, contested)
    if request.method == "POST" and not closed:
        if left and "again" not in request.POST:
            if left[0].version == 0:  # begun a moment ago: a second click finds it
                return redirect("portal:request-draft", id=left[0].id)
        else:
            for one in left:
                _drop(viewer, one)
            made = drafting.begin(
                kind=asked,
                facts=facts,
                by=str(viewer.account.id),
                channel=Channel.ONLINE,
                now=viewer.now,
                given=_given(contested),
            )
            return redirect("portal:request-draft", id=made)
    values = {
        "kind": asked,
        "closed": closed,
        "left": left[0] if left else None,
        "contests": contested,
        "delay": said.delay(said.delays(kind, asked=False)),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "back_url": url("portal:request-new"),
    }
    return Page("portal/requests/begin.jinja", values, rubric=RUBRIC)


@require_POST
@member_page
def drop(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """Forget a draft and the files sent for it. Said twice is said once."""
    found = own_draft(viewer, id)
    if found is None and find_case(viewer, id) is None:
        raise Http404
    if found:
        _drop(viewer, found)
    return redirect("portal:requests")


def asks_of(viewer: Viewer) -> list[tuple[CaseSeen, str, list[AskSeen]]]:
    """Requests that wait for the reader, by what kind they are, with what each asks."""
    found: dict[UUID, tuple[CaseSeen, str, list[AskSeen]]] = {}
    asked = cases.open_asks(
        household=viewer.account.household, membership=viewer.account.membership
    )
    for case, ask in asked:
        found.setdefault(case.id, (case, kind_title(case.kind), []))[2].append(ask)
    return list(found.values())


def drafts_of(viewer: Viewer) -> list[tuple[DraftSeen, str]]:
    """What the reader is writing, by what kind it is; what nobody touched is not told."""
    drafts = cases.drafts_of(
        household=viewer.account.household, membership=viewer.account.membership
    )
    return [(one, kind_title(one.kind)) for one in drafts if one.version]


def _left(viewer: Viewer, kind: Kind, contested: CaseSeen | None) -> list[DraftSeen]:
    """Drafts of this kind that were left, the newest first; of complaints, about the same request."""
    drafts = cases.drafts_of(
        household=viewer.account.household, membership=viewer.account.membership
    )
    about = str(contested.id) if contested else ""
    return [
        one
        for one in drafts
        if one.kind == kind.code and (not about or one.answers.get(CONTESTS) == about)
    ]


def _contested(request: HttpRequest, viewer: Viewer, kind: Kind) -> CaseSeen | None:
    """The decided request of the reader's that a complaint is about; any other is not found."""
    named = (request.POST if request.method == "POST" else request.GET).get("contests", "")
    if not named or kind.code != words.COMPLAINT:
        return None
    try:
        found = find_case(viewer, UUID(named))
    except ValueError:
        raise Http404 from None
    if found is None or found.is_open:
        raise Http404
    return found


def _given(contested: CaseSeen | None) -> Answers:
    if contested is None:
        return {}
    return {CONTESTS: str(contested.id), **words.contesting(contested)}


def _drop(viewer: Viewer, draft: DraftSeen) -> None:
    documents.remove_uploads_of(household=viewer.account.household, subject=draft.id)
    actions.drop_draft(household=viewer.account.household, draft=draft.id)
