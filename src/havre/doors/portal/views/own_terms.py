"""The terms of use that the reader accepted: each version stays readable and can be downloaded."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from havre.commons.accounts.queries import life
from havre.commons.accounts.queries.life import AcceptanceSeen
from havre.commons.accounts.words import Step
from havre.commons.content import queries as content
from havre.commons.content.queries import Text
from havre.doors.portal import terms_pdf
from havre.doors.portal.page import Made, Page, Viewer, step_page
from havre.foundation.db import acting

_RUBRIC = "profile"


@require_safe
@step_page(Step.HOME)
def own_terms(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Version, date and language of each. Two statements, however many there are."""
    values = {"accepted": accepted_terms(viewer), "zone": settings.HAVRE.OPERATOR_TIME_ZONE}
    return Page("portal/own_terms.jinja", values, _RUBRIC)


@require_safe
@step_page(Step.HOME)
def one_of_own_terms(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """The very text that was accepted, in its language."""
    acceptance, text = _one(viewer, id)
    values = {
        "acceptance": acceptance,
        "text": text,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/one_of_own_terms.jinja", values, _RUBRIC)


@require_safe
@step_page(Step.HOME)
def own_terms_file(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """The same as a PDF."""
    acceptance, text = _one(viewer, id)
    pdf = terms_pdf.printed(text, accepted_at=acceptance.accepted_at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{terms_pdf.file_name(text)}"'
    return response


def accepted_terms(viewer: Viewer) -> list[tuple[AcceptanceSeen, Text | None]]:
    """What the reader accepted, the last first, with the very text where its hash is that of the house's."""
    with acting(actor=viewer.actor):
        found = life.acceptances(account=viewer.account.id)
        texts = content.texts_of(slug="terms", versions={one.version for one in found})
    shown = []
    for one in found:
        text = texts.get((one.version, one.language))
        shown.append((one, text if text and text.sha256 == one.text_sha256 else None))
    return shown


def accepted_before(viewer: Viewer, terms: Text) -> tuple[AcceptanceSeen, Text] | None:
    """The version accepted last before ``terms``, in the language of ``terms``; none at a first sign-in."""
    with acting(actor=viewer.actor):
        found = [
            one
            for one in life.acceptances(account=viewer.account.id)
            if one.version != terms.version
        ]
        texts = content.texts_of(slug="terms", versions={one.version for one in found[:1]})
    text = texts.get((found[0].version, terms.language)) if found else None
    return (found[0], text) if text else None


def _one(viewer: Viewer, acceptance: UUID) -> tuple[AcceptanceSeen, Text]:
    """Another account's is not there."""
    for one, text in accepted_terms(viewer):
        if one.id == acceptance and text is not None:
            return one, text
    raise Http404
