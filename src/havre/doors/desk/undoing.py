"""The line that says what was just decided, for as long as it can be undone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.commons.cases.queries import CaseSeen, DecisionSeen
from havre.commons.cases.words import Outcome
from havre.doors.desk.page import Viewer

PARAMETER = "decided"
_LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class Undo:
    """What can be undone for so many seconds more, and where."""

    words: str
    url: str
    decision: UUID
    seconds: int


def told(case: CaseSeen, decision: DecisionSeen, viewer: Viewer) -> str:
    """What the address of the next page carries: signed, of this person, and nothing of what was said."""
    said = {
        "case": str(case.id),
        "number": case.number,
        "decision": str(decision.id),
        "outcome": decision.outcome,
        "until": decision.effective_at.isoformat(),
    }
    return signing.dumps(said, salt=_salt(viewer), compress=True)


def undo_of(request: HttpRequest, viewer: Viewer) -> Undo | None:
    """The line to show, none where nothing can be undone any more."""
    try:
        said = signing.loads(
            request.GET.get(PARAMETER, ""), salt=_salt(viewer), max_age=_LONGEST_SECONDS
        )
    except signing.BadSignature:
        return None
    left = (datetime.fromisoformat(said["until"]) - viewer.now).total_seconds()
    if left <= 0:
        return None
    words = (
        _("%(number)s: validated.")
        if said["outcome"] == Outcome.VALIDATED
        else _("%(number)s: rejected.")
    )
    return Undo(
        words % {"number": said["number"]},
        reverse("desk:request-undo", kwargs={"id": UUID(said["case"])}),
        UUID(said["decision"]),
        int(left) + 1,
    )


def _salt(viewer: Viewer) -> str:
    return f"havre desk decided {viewer.id}"
