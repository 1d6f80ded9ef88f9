"""Handing out the files that the house published. They tell nothing of anyone: a browser may keep them."""

from typing import Final

from django.http import StreamingHttpResponse

from havre.commons.content import queries as content
from havre.commons.content.queries import FileSeen

LANGUAGES: Final = {"fr": "Français", "en": "English"}


def handed_out(file: FileSeen) -> StreamingHttpResponse:
    """The file as it was published, a part at a time, to be kept rather than opened."""
    response = StreamingHttpResponse(content.file_parts(file), content_type=file.media_type)
    response.headers["Content-Length"] = str(file.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def tag_of(file: FileSeen | None) -> str | None:
    """By which a browser asks whether what it kept is still the same."""
    return f'"{file.sha256}"' if file else None
