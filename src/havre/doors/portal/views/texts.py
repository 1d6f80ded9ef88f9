"""Texts that anybody reads and prints: terms, legal notice, privacy, safety advice, accessibility."""

import mimetypes
from datetime import UTC
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default as mail_policy
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from havre.commons.content import queries as content
from havre.doors.portal.page import Made, Page, public_page, today, viewer_of
from havre.doors.portal.page import answer as answer_page
from havre.doors.ui import formats

_NEWEST = 100


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The version in force, in the language of the address. Signed in, the rubrics stay around it."""
    viewer = viewer_of(request)
    found = content.text_in_force(
        slug=slug, language=translation.get_language() or "fr", today=today()
    )
    if found is None:
        raise Http404
    page = Page("portal/text.jinja", {"text": found, "is_terms": slug == "terms"})
    return answer_page(request, page, viewer=viewer)


@require_safe
def logo(request: HttpRequest) -> FileResponse:  # noqa: ARG001  # every view takes it
    """The house's logo, as its settings name it."""
    path = settings.HAVRE.OPERATOR_LOGO
    if path is None or not path.is_file():
        raise Http404
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = FileResponse(path.open("rb"), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=3600"
    # An SVG opened by itself is a document: nothing in it may run.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@require_safe
@public_page
def mailbox(request: HttpRequest) -> Made:  # noqa: ARG001  # every view takes it
    """The mails that the demo sent, the newest first. Exists in the demo only."""
    folder = settings.HAVRE.MAIL_FOLDER
    if not settings.HAVRE.DEMO or folder is None:
        raise Http404
    paths = sorted(folder.glob("*.log"), key=_written_at, reverse=True)[:_NEWEST]
    return Page("portal/mailbox.jinja", {"mails": [_mail(path) for path in paths]})


def _written_at(path: Path) -> float:
    return path.stat().st_mtime


def _mail(path: Path) -> dict[str, str]:
    mail = message_from_bytes(path.read_bytes(), policy=mail_policy)
    return {
        "subject": str(mail["Subject"]),
        "to": str(mail["To"]),
        "date": _moment(mail),
        "language": str(mail["Content-Language"] or ""),
        "body": _plain(mail),
    }


def _moment(mail: EmailMessage) -> str:
    """When it was written, at the house's place and in the reader's language."""
    written = getattr(mail["Date"], "datetime", None)
    if written is None:
        return ""
    aware = written if written.tzinfo else written.replace(tzinfo=UTC)
    return formats.moment(aware, settings.HAVRE.OPERATOR_TIME_ZONE)


def _plain(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""
