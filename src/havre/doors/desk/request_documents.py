"""The papers of a request beside it: which there are, and the one that is looked at."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Fault, UploadState
from havre.doors.desk.request_read import Work
from havre.journeys.requests.registry import kind_of


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


def papers_of(work: Work, chosen: str) -> list[Paper]:
    """Files in the order of their sending; ``chosen`` is the id of the one to look at, else the first."""
    answers = work.opened.content.answers
    labels = {one.code: one.label for one in kind_of(work.case.kind).papers(work.facts, answers)}
    sent = list(work.uploads)
    known = next((one.id for one in sent if str(one.id) == chosen), None)
    current = known or next((one.id for one in sent if one.preview), None)
    current = current or (sent[0].id if sent else None)
    return [_paper(one, labels.get(one.piece, one.piece), current) for one in sent]


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
