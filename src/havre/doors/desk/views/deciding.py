"""What is done with a request from its page: taken, decided, undone, asked about, read by a second person.

Who may is said by the request itself: what waits names the permission that it needs.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.actions import CaseClosed, ChangedMeanwhile, NothingAsked, TooLateToUndo
from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Outcome, Ruling
from havre.commons.staff import queries as staff_seen
from havre.commons.staff.words import Permission
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.actions import TakenMeanwhile
from havre.commons.worklist.words import Source
from havre.doors.desk import request_page as shows
from havre.doors.desk.item_pages import page_of
from havre.doors.desk.page import Made, Viewer, desk_page
from havre.doors.desk.queueing import View, asked, id_in, wanted
from havre.doors.desk.request_read import Found, Work, found, read
from havre.doors.desk.taking import inside_case, may_open, open_for, staff_by, taken
from havre.doors.desk.undoing import PARAMETER, told
from havre.doors.desk.views.request import READ, may_decide, shown
from havre.doors.ui.numbers import counted
from havre.foundation.refusals import Refusal
from havre.journeys.requests import deciding, following
from havre.journeys.requests.deciding import CannotValidate, EffectMoved, SamePerson, SecondNeeded

Said = dict[str, str] | None
"""What the next page is told of what was done; none to stay on this one."""


class _Unsaid(Refusal):
    """A rejection without its reason, or with no word to the member."""


class _Unread(Refusal):
    """Something in the form could not be read."""


class _Elsewhere(Refusal):
    """It is in somebody else's hands, or not for this person to decide."""


@require_POST
@desk_page(READ)
def take(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Have it in hand."""
    at = found(viewer, id)
    try:
        at = _taken(viewer, at)
    except _Elsewhere:
        return shown(request, viewer, at, refused=_elsewhere(viewer, id), status=409)
    if shows.noted(request.POST):
        return shown(request, viewer, at)
    return _to(id, request)


@require_POST
@desk_page(READ)
def decide(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Validate or reject; the next one is taken at once, and for some seconds this can be undone."""
    outcome = Outcome.VALIDATED if request.POST.get("do") == "validate" else Outcome.REJECTED

    def act(work: Work) -> Said:
        decision = _decided(request, work, viewer, outcome)
        return {PARAMETER: told(work.case, decision, viewer)}

    return _acted(request, viewer, id, act)


@require_POST
@desk_page(READ)
def ask(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Ask the member for exactly what is missing."""

    def act(work: Work) -> Said:
        deciding.ask(
            request=work.opened,
            facts=work.facts,
            asked=shows.asked(work, request.POST),
            by=staff_by(viewer),
            version=_version(request),
            now=viewer.now,
        )
        return {"done": "asked"}

    return _acted(request, viewer, id, act)


@require_POST
@desk_page(READ)
def second(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Send it to a second person, or back from there to the first."""

    def act(work: Work) -> Said:
        if work.case.second_of:
            cases.return_from_second(
                household=work.case.household,
                case=id,
                by=staff_by(viewer),
                version=_version(request),
                needs=shows.kind_at(work).needs,
                now=viewer.now,
            )
            return {"done": "second"}
        reason = request.POST.get("reason", "")
        outcome = Outcome.REJECTED if reason else Outcome.VALIDATED
        deciding.ask_second(
            request=work.opened,
            facts=work.facts,
            ruling=_ruling(request, work, viewer, outcome),
            shown=request.POST.get("shown", ""),
            version=_version(request),
            now=viewer.now,
        )
        return {"done": "second"}

    return _acted(request, viewer, id, act)


@require_POST
@desk_page(READ)
def acknowledge(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Tell the author of a complaint that it was received."""

    def act(work: Work) -> Said:
        following.acknowledge(case=work.case, facts=work.facts, by=staff_by(viewer), now=viewer.now)
        return None

    return _acted(request, viewer, id, act)


@require_POST
@desk_page(READ)
def undo(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Forget a decision that took no effect yet, and come back to its request."""
    at, decision = found(viewer, id), id_in(request.POST.get("decision", ""))
    if decision is None:
        raise Http404
    try:
        with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)):
            _own_decision(viewer, at, decision)
            cases.undo(
                household=at.case.household, decision=decision, by=staff_by(viewer), now=viewer.now
            )
    except TooLateToUndo:
        return shown(request, viewer, at, refused=_too_late(), status=409)
    return _to(id, request)


def _own_decision(viewer: Viewer, at: Found, decision: UUID) -> None:
    """Of this request, and given by whoever takes it back. Not found otherwise."""
    given = queries.decision_of(household=at.case.household, decision=decision)
    if given is None or given.case != at.case.id or given.by != str(viewer.id):
        raise Http404


@require_POST
@desk_page(READ)
def note(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """A word between those who work here."""
    at, words = found(viewer, id), shows.noted(request.POST)
    with inside_case(viewer, at.case, in_hand=at.in_hand(viewer)) as opened:
        if words and opened:
            cases.add_note(
                household=at.case.household,
                case=id,
                words=words,
                by=staff_by(viewer),
                now=viewer.now,
            )
    if words and not opened:
        return shown(request, viewer, at, refused=_closed(), status=409)
    return _to(id, request)


@require_POST
@desk_page(Permission.HEALTH_OPEN)
def open_health(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """Open what the file says of health for a stated purpose; the member reads who did, and why."""
    at, purpose = found(viewer, id), request.POST.get("purpose", "")
    offered = set(OpeningPurpose) - {OpeningPurpose.REQUEST}
    if purpose in offered and may_open(viewer, at.case):
        with viewer.inside(at.case.household, purpose="open health"):
            open_for(viewer, at.case, OpeningPurpose(purpose))
    if shows.noted(request.POST):  # what was typed while it was closed goes with it
        return shown(request, viewer, at)
    return _to(id, request)


def _acted(request: HttpRequest, viewer: Viewer, case: UUID, act: Callable[[Work], Said]) -> Made:
    """Take the request if nobody has it, act under its guard, or say on its page what stood against it."""
    at = found(viewer, case)
    try:
        at = _taken(viewer, at)
        work = read(viewer, at)
        with inside_case(viewer, at.case, in_hand=True) as opened:
            if not opened:
                raise _Elsewhere
            said = act(work)
    except Refusal as refused:
        elsewhere = isinstance(refused, _Elsewhere)
        words = _elsewhere(viewer, case) if elsewhere else _words_for(refused)
        if not words:
            raise
        return shown(request, viewer, found(viewer, case), typed=True, refused=words, status=409)
    return _to(case, request) if said is None else _next(request, viewer, said)


def _words_for(refused: Refusal) -> str:
    """What the page says of a refusal; "" for one that it does not know."""
    if isinstance(refused, CannotValidate):
        return " ".join(refused.words)
    known = _REFUSALS.get(type(refused))
    return known() if known else ""


def _decided(request: HttpRequest, work: Work, viewer: Viewer, outcome: Outcome) -> DecisionSeen:
    return deciding.decide(
        request=work.opened,
        facts=work.facts,
        ruling=_ruling(request, work, viewer, outcome),
        shown=request.POST.get("shown", ""),
        version=_version(request),
        now=viewer.now,
    )


def _ruling(request: HttpRequest, work: Work, viewer: Viewer, outcome: Outcome) -> Ruling:
    """What the form says that is decided. Refuses ``_Unread`` and ``_Unsaid``."""
    draft = shows.sent(work, request.POST, now=viewer.now)
    words = draft.words
    if outcome is Outcome.VALIDATED and draft.typed:
        raise _Unread
    if outcome is Outcome.REJECTED:
        reason = shows.reasons_to_member(work).get(draft.reason)
        words = draft.reject_words or shows.rejection(work, reason, draft.details)
        if reason is None or not words:
            raise _Unsaid
    return Ruling(
        outcome=outcome,
        by=staff_by(viewer),
        words=words,
        reason=draft.reason if outcome is Outcome.REJECTED else "",
        clause=draft.clause if outcome is Outcome.REJECTED else "",
        details=draft.details if outcome is Outcome.VALIDATED else {},
    )


def _taken(viewer: Viewer, at: Found) -> Found:
    """In hand from now on. Refuses ``_Elsewhere``."""
    if at.item is None or not may_decide(viewer, at):
        raise _Elsewhere
    if at.in_hand(viewer):
        return at
    try:
        worklist.take(item=at.item.id, by=viewer.id, now=viewer.now)
    except TakenMeanwhile:
        raise _Elsewhere from None
    taken(viewer, at.item)
    return found(viewer, at.case.id)


def _next(request: HttpRequest, viewer: Viewer, said: dict[str, str]) -> HttpResponseBase:
    """The most urgent request of the queue one came from, taken; the queue where none is left.

    A request, and nothing else: the page that follows is where the decision is undone.
    """
    query = asked(request.GET)
    if query.view in {View.AWAITING, View.SNOOZED}:
        query = query.on_tab(View.TO_DO)
    requests = replace(wanted(query, viewer), sources=frozenset({Source.CASE}))
    item = worklist.take_next(wanted=requests, by=viewer.id, now=viewer.now)
    if item is None:
        way = f"{reverse('desk:queue')}{query.on_tab(query.view).query()}"
    else:
        taken(viewer, item)
        way = page_of(item, query)
    return redirect(f"{way}{'&' if '?' in way else '?'}{urlencode(said)}")


def _to(case: UUID, request: HttpRequest) -> HttpResponseBase:
    query = asked(request.GET).query()
    return redirect(reverse("desk:request", kwargs={"id": case}) + query)


def _version(request: HttpRequest) -> int:
    found = counted(request.POST.get("version", ""))
    return -1 if found is None else found


def _elsewhere(viewer: Viewer, case: UUID) -> str:
    """Why it is not for this person to act on; whoever has it is named."""
    item = found(viewer, case).item
    holder = item.assigned_to if item else None
    if holder and holder != viewer.id:
        name = staff_seen.names_at_work(permission=READ).get(holder, "")
        if name:
            return _("%(name)s has it in hand. Nothing was done.") % {"name": name}
    return _("It is in somebody else’s hands, or no longer open. Nothing was done.")


def _closed() -> str:
    return _(
        "The note was not added: this request is about health, and closed to you. What you wrote is kept"
        " here: open the request, then add it."
    )


def _too_late() -> str:
    return _(
        "Too late to undo: the decision took effect. To change it, contest it with a new request."
    )


def _changed() -> str:
    return _(
        "The request changed since you read it. Nothing was done: read what is new, then decide."
    )


def _moved() -> str:
    return _(
        "What validation would change is no longer what you read. Look at it again, then decide."
    )


_REFUSALS: dict[type[Refusal], Callable[[], str]] = {
    _Unsaid: lambda: _("Choose why it is rejected, and say it to the member in words."),
    _Unread: lambda: _("Something in the decision could not be read. Correct it, then validate."),
    ChangedMeanwhile: _changed,
    EffectMoved: _moved,
    CaseClosed: lambda: _("The request is closed: it was decided or withdrawn. Nothing was done."),
    NothingAsked: lambda: _("Tick what is missing, then send."),
    SecondNeeded: lambda: _("Two persons must look at it: send it to a second one with S."),
    SamePerson: lambda: _("You are the first person of two: another one validates it."),
}
