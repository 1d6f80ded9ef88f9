"""The receipt of a request that the desk made: its number to say, and how it reaches the member."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen, Whole
from havre.doors.desk import behalf, request_words
from havre.doors.desk.behalf import ASKS
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.taking import inside_case
from havre.doors.ui import formats, receipt_pdf
from havre.doors.ui.request_receipt import chapters, named_uploads
from havre.doors.ui.request_words import delays, kind_title, next_and_when
from havre.foundation.addresses import written
from havre.journeys.member_file.account import At
from havre.journeys.requests.facts import Facts

RUBRIC = "members"


@require_safe
@desk_page(ASKS)
def receipt(request: HttpRequest, viewer: Viewer, membership: UUID, id: UUID) -> Made:  # noqa: A002, ARG001
    """Its number, where the receipt goes, and what is on file now."""
    at = behalf.at_of(viewer, membership)
    case, facts = _found(viewer, at, id)
    with inside_case(viewer, case, in_hand=False) as opened:
        whole = cases.whole_of(household=at.household, case=id) if opened else None
        said = chapters(whole, facts, now=viewer.now) if whole else []
        files = named_uploads(whole, facts) if whole else []
    values = {
        "case": case,
        "member": facts.me,
        "kind": kind_title(case.kind),
        "asked": request_words.channel(case.channel),
        "opened": whole is not None,
        "chapters": said,
        "uploads": files,
        "by_mail": facts.me.email if facts.me.deceased_on is None else None,
        "spoken": dict(settings.LANGUAGES).get(facts.language, facts.language),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("desk/for_receipt.jinja", values, RUBRIC)


@require_safe
@desk_page(ASKS)
def receipt_file(
    request: HttpRequest,  # noqa: ARG001  # every view takes it
    viewer: Viewer,
    membership: UUID,
    id: UUID,  # noqa: A002
) -> Made:
    """The same to be printed and posted: a letter in the member's language."""
    at = behalf.at_of(viewer, membership)
    case, facts = _found(viewer, at, id)
    with (
        inside_case(viewer, case, in_hand=False) as opened,
        translation.override(facts.language),
    ):
        whole = cases.whole_of(household=at.household, case=id) if opened else None
        if whole is None:
            raise Http404
        pdf = _printed(viewer, whole, facts)
        name = receipt_pdf.file_name(case)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(viewer: Viewer, at: At, case: UUID) -> tuple[CaseSeen, Facts]:
    with viewer.inside(at.household, purpose=behalf.PURPOSE):
        found = behalf.case_at(at, case)
        if found is None:
            raise Http404
        return found, behalf.facts_at(viewer, at)


def _printed(viewer: Viewer, whole: Whole, facts: Facts) -> bytes:
    case = whole.case
    return receipt_pdf.printed(
        case,
        kind=kind_title(case.kind),
        title=whole.content.title,
        chapters=chapters(whole, facts, now=viewer.now),
        files=named_uploads(whole, facts),
        coming=next_and_when(case, delays(case.kind, asked=False)),
        to=_address(facts),
    )


def _address(facts: Facts) -> list[str]:
    """Where a letter goes: the name, and the address on file with its country."""
    address = facts.requester.address
    if address is None:
        return [facts.me.full_name]
    return [facts.me.full_name, *written(address), formats.country(address.country)]
