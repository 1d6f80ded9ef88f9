"""The papers of a request beside it: which there are, and the page of one that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Fault, UploadState
from havre.doors.desk.request_read import Work
from havre.doors.ui.numbers import counted
from havre.journeys.requests.registry import kind_of

LARGEST = 3
"""How often a page is enlarged; 0 is as large as its place."""
_QUARTERS = 4


@dataclass(frozen=True)
class Paper:
    """A file that was sent. ``picture`` and ``file`` say whether there is something to show, and to save."""

    id: UUID
    label: str
    file_name: str
    state: str
    kind: str
    pages: int
    picture: bool
    file: bool
    current: bool


@dataclass(frozen=True, kw_only=True)
class Look:
    """Which page of which paper an address asks to look at, how large, and by how many quarters turned."""

    paper: str = ""
    page: int = 1
    zoom: int = 0
    turn: int = 0

    def query(self) -> str:
        """As an address says it."""
        said = {"paper": self.paper, "page": self.page, "zoom": self.zoom, "turn": self.turn}
        usual = {"paper": "", "page": 1, "zoom": 0, "turn": 0}
        return urlencode({name: value for name, value in said.items() if value != usual[name]})


@dataclass(frozen=True, kw_only=True)
class Viewing:
    """The papers, and the page of one of them: its picture, and where the buttons beside it lead ("" for
    none)."""

    papers: Sequence[Paper]
    paper: Paper | None
    look: Look
    picture: str
    ways: dict[str, str]

    def way(self, name: str) -> str:
        """To the page before or after, larger, smaller, as large as its place, turned; or to a paper."""
        return self.ways.get(name, "")


def looked(query: QueryDict) -> Look:
    """What an address asks to look at; what it does not know counts as not said."""

    def number(name: str, at_most: int, usual: int) -> int:
        found = counted(query.get(name, ""), at_most=at_most)
        return usual if found is None else found

    return Look(
        paper=query.get("paper", "")[:36],
        page=number("page", 9999, 1),
        zoom=number("zoom", LARGEST, 0),
        turn=number("turn", _QUARTERS - 1, 0),
    )


def viewing(work: Work, look: Look, *, here: str) -> Viewing:
    """Files in the order of their sending, and the one to look at, else the first; ``here`` is the page."""
    answers = work.opened.content.answers
    labels = {one.code: one.label for one in kind_of(work.case.kind).papers(work.facts, answers)}
    sent = list(work.uploads)
    known = next((one.id for one in sent if str(one.id) == look.paper), None)
    current = known or next((one.id for one in sent if one.preview), None)
    current = current or (sent[0].id if sent else None)
    papers = [_paper(one, labels.get(one.piece, one.piece), current) for one in sent]
    paper = next((one for one in papers if one.current), None)
    at = replace(look, paper=str(current or ""), page=max(1, look.page))
    if paper:
        at = replace(at, page=min(at.page, paper.pages))
    return Viewing(
        papers=papers,
        paper=paper,
        look=at,
        picture=_picture(work, paper, at) if paper and paper.picture else "",
        ways=_ways(papers, paper, at, here),
    )


def _picture(work: Work, paper: Paper, look: Look) -> str:
    at = reverse("desk:request-picture", kwargs={"id": work.case.id, "paper": paper.id})
    return f"{at}?page={look.page}"


def _ways(papers: Sequence[Paper], paper: Paper | None, look: Look, here: str) -> dict[str, str]:
    ways = {str(one.id): Look(paper=str(one.id), zoom=look.zoom) for one in papers}
    if paper and paper.picture:
        ways["fit"] = replace(look, zoom=0)
        ways["larger"] = replace(look, zoom=min(LARGEST, look.zoom + 1))
        ways["smaller"] = replace(look, zoom=max(0, look.zoom - 1))
        ways["turned"] = replace(look, turn=(look.turn + 1) % _QUARTERS)
        if look.page > 1:
            ways["before"] = replace(look, page=look.page - 1)
        if look.page < paper.pages:
            ways["after"] = replace(look, page=look.page + 1)
    and_ = "&" if "?" in here else "?"
    return {name: f"{here}{and_}{at.query()}#papers-box" for name, at in ways.items()}


def _paper(one: UploadSeen, label: str, current: UUID | None) -> Paper:
    state, kind = _state(one)
    return Paper(
        id=one.id,
        label=label,
        file_name=one.file_name,
        state=state,
        kind=kind,
        pages=one.pages or 1,
        picture=one.preview is not None,
        file=one.document is not None,
        current=one.id == current,
    )


def _state(one: UploadSeen) -> tuple[str, str]:
    match one.state:
        case UploadState.READY:
            return _("analysed, nothing harmful found"), "ok"
        case UploadState.QUARANTINED:
            return _("set aside: the antivirus found something in it"), "no"
        case UploadState.REFUSED:
            return _("refused: %(why)s") % {"why": _fault(one.fault)}, "no"
        case UploadState.WAITING_SCAN:
            return _("waiting for the scan"), "wait"
    return _("being received"), "wait"


def _fault(fault: Fault | None) -> str:
    return (fault or Fault.DAMAGED).value.lower().replace("_", " ")
