"""What the page of a request shows, as plain values, and what its form says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases.queries import EventSeen
from havre.commons.cases.words import Answers, Asked, AskReason, Outcome
from havre.commons.content.queries import canned
from havre.commons.content.words.canned import CannedText
from havre.commons.documents.words import Compartment
from havre.doors.desk import request_words as words
from havre.doors.desk.decision_form import DecisionForm
from havre.doors.desk.page import Viewer
from havre.doors.desk.request_documents import Look, viewing
from havre.doors.desk.request_read import Work
from havre.doors.desk.second_reading import first_reading
from havre.doors.ui import formats
from havre.doors.ui.request_recap import recap
from havre.journeys.requests import deciding
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Change, Checked, Line, Reason

AGAIN = "again"
"""The button that says: I have read what is new."""
FREE_QUESTION = "question"
"""The row of the asking form that names no paper."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the decision form holds when its page is drawn: as proposed, or as it was sent."""

    details: Answers
    typed: Mapping[str, Any] = field(default_factory=dict)
    words: str
    by_itself: str
    """The words that the house proposes: those of the form follow them until somebody writes others."""
    reason: str = ""
    clause: str = ""
    reject_words: str = ""
    shown: str = ""
    read_at: datetime


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A paper that can be asked for, or the free question."""

    code: str
    label: str
    state: str


def kind_at(work: Work) -> Kind:
    return kind_of(work.case.kind)


def proposed(work: Work, *, now: datetime) -> Draft:
    """What the rules propose, or the first of two persons. Needs the guard of the request, and its content
    open."""
    first = work.proposal
    details = (
        deciding.chosen(first)
        if first and first.outcome is Outcome.VALIDATED
        else dict(kind_at(work).begin_decision(work.opened, work.facts))
    )
    by_itself = to_member(work, Outcome.VALIDATED, details)
    draft = Draft(
        details=details,
        words=by_itself,
        by_itself=by_itself,
        shown=deciding.mark_of(work.opened, work.facts, details),
        read_at=now,
    )
    if first is None:
        return draft
    if first.outcome is Outcome.VALIDATED:
        return replace(draft, words=first.words)
    return replace(draft, reason=first.reason, clause=first.clause, reject_words=first.words)


def sent(work: Work, form: QueryDict, *, now: datetime) -> Draft:
    """What was typed. Words that nobody changed follow what is decided. Needs the same guard."""
    read = DecisionForm(work, now=now).read(form)
    was = form.get("proposed", "").replace("\r\n", "\n").strip()
    said = form.get("words", "").replace("\r\n", "\n").strip()
    by_itself = to_member(work, Outcome.VALIDATED, read.details)
    return Draft(
        details=read.details,
        typed=read.typed,
        words=by_itself if said in {"", was} else said[:4000],
        by_itself=by_itself,
        reason=form.get("reason", "")[:80],
        clause=form.get("clause", "")[:200].strip(),
        reject_words=form.get("reject_words", "").replace("\r\n", "\n").strip()[:4000],
        shown=deciding.mark_of(work.opened, work.facts, read.details),
        read_at=now if AGAIN in form else moment_in(form.get("read_at", "")) or now,
    )


def noted(form: QueryDict) -> str:
    """The note that was typed, "" for none."""
    return form.get("note", "").replace("\r\n", "\n").strip()[:4000]


def to_member(work: Work, outcome: Outcome, details: Answers) -> str:
    """The words that the member would read, in the member's language."""
    with translation.override(work.case.language or None):
        return kind_at(work).words_to_member(work.opened, work.facts, outcome, details)


def reasons_to_member(work: Work) -> dict[str, Reason]:
    """Why it may be rejected, by code, in the member's language."""
    with translation.override(work.case.language or None):
        return {one.code: one for one in kind_at(work).reasons()}


def rejection(work: Work, reason: Reason | None, details: Answers) -> str:
    """What the member reads where nobody wrote anything: the reason, then what the kind says beside it."""
    if reason is None:
        return ""
    return "\n".join(filter(None, (reason.words, to_member(work, Outcome.REJECTED, details))))


def effect(work: Work, details: Answers) -> tuple[Change, ...]:
    return kind_at(work).effect(work.opened, work.facts, details)


def checked(work: Work) -> tuple[Checked, ...]:
    return kind_at(work).checked(work.opened, work.facts)


def said(work: Work, *, now: datetime) -> list[tuple[str, tuple[Line, ...]]]:
    """What was answered: titles of steps with their lines."""
    answers = work.opened.content.answers
    steps = kind_at(work).steps(work.facts, answers)
    found = [(step.title, recap(step, work.facts, answers, now=now)) for step in steps]
    return [(title, lines) for title, lines in found if lines]


def pieces(work: Work) -> list[Piece]:
    """What may be asked of the member: the checklist of the kind, then a question of one's own."""
    given = {one.piece for one in work.uploads if one.document}
    listed = [
        Piece(
            code=one.code,
            label=one.label,
            state=_("received") if one.code in given else _("missing"),
        )
        for one in kind_at(work).papers(work.facts, work.opened.content.answers)
    ]
    return [*listed, Piece(code=FREE_QUESTION, label=_("Something else"), state="")]


def asked(work: Work, form: QueryDict) -> list[Asked]:
    """What the asking form asks: each ticked line with its reason, and words in the member's language."""
    chosen = set(form.getlist("piece"))
    with translation.override(work.case.language or None):
        return [_asked(one, form) for one in pieces(work) if one.code in chosen]


def _asked(piece: Piece, form: QueryDict) -> Asked:
    """In the language in force. A paper is named in the words that the member reads."""
    code = form.get(f"reason.{piece.code}", "")
    reason = AskReason(code) if code in set(AskReason) else AskReason.MISSING
    said = form.get(f"words.{piece.code}", "").strip()[:2000] or words.asked_by_itself(reason)
    if piece.code == FREE_QUESTION:
        return Asked(piece="", reason=reason, words=said)
    return Asked(piece=piece.code, reason=reason, words=f"{piece.label}. {said}")


def by_others(events: Iterable[EventSeen], moment: datetime, viewer: Viewer) -> list[EventSeen]:
    """What others did to the request since a page of it was read."""
    return [one for one in events if one.at > moment and one.by != str(viewer.id)]


def values(
    work: Work, viewer: Viewer, draft: Draft | None, look: Look, *, here: str
) -> dict[str, object]:
    """All that the middle and the right of the page show. Needs the guard, for effect and checks."""
    case = work.case
    found: dict[str, object] = {
        "work": work,
        "case": case,
        "status": words.status(case),
        "told": words,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "me": viewer.id,
        "summary": summary(work, viewer),
        "opened": work.request is not None,
        "in_hand": work.found.in_hand(viewer),
        "purposes": words.purposes(),
        "is_health": case.compartment is not Compartment.GENERAL,
        "draft": draft,
    }
    return found if draft is None else found | _opened(work, viewer, draft, look, here)


def _opened(work: Work, viewer: Viewer, draft: Draft, look: Look, here: str) -> dict[str, object]:
    """What is shown of a request whose content is open."""
    kind = kind_at(work)
    changes = effect(work, draft.details)
    return {
        "title": work.opened.content.title,
        "recap": said(work, now=viewer.now),
        "checked": checked(work),
        "effect": changes,
        "first": first_reading(
            work,
            changes,
            language=viewer.language,
            words=(draft.words, draft.reject_words),
        ),
        "form": DecisionForm(work, now=viewer.now).drawn(draft.details, draft.typed),
        "earlier": kind.earlier(work.opened, work.facts),
        "reasons": kind.reasons(),
        "pieces": pieces(work),
        "piece_labels": {one.code: one.label for one in pieces(work)},
        "ask_reasons": words.ask_reasons(),
        "viewing": viewing(work, look, here=here),
        "canned": canned_texts(work, viewer),
        "needs_second": kind.needs_second(work.opened, draft.details),
        "undo_seconds": int(kind.undo_for.total_seconds()),
    }


def canned_texts(work: Work, viewer: Viewer) -> list[tuple[CannedText, str]]:
    """Texts that editors keep at hand for this kind, filled, in the member's language."""
    language = work.case.language or viewer.language
    return [
        (
            one,
            one.filled(
                language,
                first_name=work.facts.me.first_name,
                number=work.case.number,
                agent=viewer.staff.first_name,
            ),
        )
        for one in canned(today=viewer.today)
        if one.serves(work.case.kind)
    ]


def summary(work: Work, viewer: Viewer) -> list[tuple[str, str]]:
    """Who asks: number, contract, where they live and what time it is there, language."""
    me, facts = work.facts.me, work.facts
    contract = next(iter(facts.in_force()), None) or next(iter(facts.contracts), None)
    formula = facts.formulas.get(contract.formula) if contract and contract.formula else None
    found = [
        (_("Number"), me.adherent_number or _("none")),
        (_("Contract"), _contract(contract.number if contract else "", formula, viewer)),
        (_("Lives in"), _lives(work, viewer)),
        (_("Language"), _("French") if me.language == "fr" else _("English")),
        (_("Came"), words.channel(work.case.channel)),
    ]
    return [(label, value) for label, value in found if value]


def _contract(number: str, formula: Any, viewer: Viewer) -> str:
    title = formula.title(viewer.language) if formula else ""
    return ", ".join(part for part in (title, number) if part)


def _lives(work: Work, viewer: Viewer) -> str:
    country = work.facts.me.expatriation_country
    place = formats.country(country) if country else ""
    if not work.zone:
        return place
    there = formats.clock(viewer.now.astimezone(ZoneInfo(work.zone)))
    time = _("it is %(time)s there") % {"time": there}
    return f"{place}, {time}" if place else time


def moment_in(text: str) -> datetime | None:
    """A moment as a page holds it; none where it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def with_canned(draft: Draft, text: str) -> Draft:
    """The form with a text at hand put into the words to the member."""
    return replace(draft, words=text)
