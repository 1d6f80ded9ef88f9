"""One transfer with every line of it, on screen and as a file, and one line with its calculation."""

from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.commons.accounts.words import Step
from havre.domains.health import queries as health
from havre.domains.health.queries import TransferSeen
from havre.domains.health.words import CareLine
from havre.doors.portal import statement_pdf
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page, step_page
from havre.doors.ui import charts, formats
from havre.foundation.db import Role, acting
from havre.foundation.money import Money


@require_safe
@member_page
def transfer(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """One transfer, every line of it."""
    family = Family(viewer)
    values = {"family": family, "transfer": _transfer(family, id)}
    return Page("portal/transfer.jinja", values, rubric="reimbursements")


@require_safe
@step_page(Step.HOME)
def statement(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """The same as a file, in the language of the page. Typeset once the guard is left."""
    with acting(actor=viewer.actor, role=Role.MEMBER, household=viewer.account.household):
        family = Family(viewer)
        page = statement_pdf.page_of(_transfer(family, id), family)
    printed = statement_pdf.printed(page, language=viewer.language, created=viewer.now)
    response = HttpResponse(printed, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{page["file_name"]}"'
    return response


def _transfer(family: Family, transfer: UUID) -> TransferSeen:
    found = health.transfer_of(reader=family.care_reader(), transfer=transfer)
    if found is None:
        raise Http404
    return found


@require_safe
@member_page
def line(request: HttpRequest, viewer: Viewer, id: int) -> Made:  # noqa: A002, ARG001
    """From what was spent to what was reimbursed, and why no more was."""
    family = Family(viewer)
    reader = family.care_reader()
    found = health.line_of(reader=reader, line=id)
    if found is None:
        raise Http404
    paid_by = found.transfer and health.transfer_of(reader=reader, transfer=found.transfer)
    borne = _borne(found)
    values = {
        "family": family,
        "line": found,
        "transfer": paid_by,
        "borne": borne,
        "segments": charts.split([amount.amount for _who, amount in borne]),
        "sentence": ", ".join(f"{who} {formats.money(amount)}" for who, amount in borne),
    }
    return Page("portal/line.jinja", values, rubric="reimbursements")


def _borne(found: CareLine) -> list[tuple[str, Money]]:
    """Who paid what of the care, where each part is stated."""
    others = [share for share in (found.primary, found.other) if share is not None]
    if found.reimbursed is None or found.left is None or not others:
        return []
    shares = [
        (_("Your contract"), found.reimbursed),
        (_("CFE or other insurer"), sum(others[1:], others[0])),
        (_("You"), found.left),
    ]
    return shares if any(share.amount > Decimal(0) for _who, share in shares) else []
