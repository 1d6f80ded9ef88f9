"""Where files of requests are sent: for a draft of the reader's, for what a request of theirs asks."""

from dataclasses import replace
from uuid import UUID

from havre.commons.cases import queries as cases
from havre.commons.cases.words import AskState
from havre.doors.portal.page import Viewer
from havre.doors.portal.requesting import (
    find_case,
    own_writing,
    paper_place,
    uploads_of,
)
from havre.doors.ui.addresses import url
from havre.doors.ui.uploading import UploadPlace
from havre.journeys.requests.words import Paper


def of_draft(viewer: Viewer, subject: UUID) -> UploadPlace | None:
    """The papers that the draft's own answers ask for."""
    writing = own_writing(viewer, subject)
    return writing.place() if writing else None


def of_request(viewer: Viewer, subject: UUID) -> UploadPlace | None:
    """What is asked takes files; what was sent is read. A filed request takes no other paper."""
    case = find_case(viewer, subject)
    if case is None:
        return None
    asks = cases.asks_of(household=case.household, case=case.id)
    asked = {one.piece for one in asks if one.state is AskState.OPEN and one.piece}
    still_open = case.is_open and bool(asked)
    codes = asked | {one.piece for one in uploads_of(viewer, subject)}
    place = paper_place(
        viewer,
        subject=subject,
        papers=[Paper(code=code, label="") for code in sorted(codes)],
        least=case.compartment,
        back=url("portal:request", id=subject),
        still_open=still_open,
    )
    return replace(place, filed=frozenset(codes - asked))
