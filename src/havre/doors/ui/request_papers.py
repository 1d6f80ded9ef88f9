"""The papers of a request at both doors: which compartment each keeps to, and what was sent for it."""

from collections.abc import Iterable, Mapping, Sequence

from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Compartment, UploadState
from havre.doors.ui.uploading import UploadPlace
from havre.doors.ui.uploads import Piece, UploadList, upload_list
from havre.journeys.requests.words import Paper

_ORDER = (Compartment.GENERAL, Compartment.HEALTH, Compartment.MEDICAL)


def compartments(papers: Iterable[Paper], *, least: Compartment) -> Mapping[str, Compartment]:
    """Each paper in its own compartment, or the request's where that is closer."""
    return {one.code: max(one.compartment, least, key=_ORDER.index) for one in papers}


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


def given(uploads: Sequence[UploadSeen]) -> list[UploadSeen]:
    """What counts as sent: all but what was refused, set aside, or broke off."""
    lost = {UploadState.REFUSED, UploadState.QUARANTINED, UploadState.RECEIVING}
    return [one for one in uploads if one.state not in lost]
