"""Pages that stay in step: what a page watches, and the answer to the question it asks meanwhile.

A door mounts ``answered`` at an address of its own. What a page may watch was decided when it was made:
its ticket is signed for its reader, so another's serves nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, JsonResponse

from havre.foundation.db import live

BY_SCRIPT = "X-Havre-Live"
"""The header with which a page asks for itself again: no one touched anything, so no session goes on."""
WAIT_SECONDS: float = live.LONGEST_SECONDS
_TICKET_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Watched:
    """What the attributes of an element say: a ticket, where the hearing stood, whom to ask."""

    ticket: str
    seen: str
    at: str


def watching(topics: Iterable[str], *, reader: UUID, at: str, since: str | None = None) -> Watched:
    """Let this reader's page watch these topics, by asking the door's address ``at``.

    Call it before reading what the page shows, or say where the hearing stood ``since`` (``live.mark``).
    """
    seen = live.mark() if since is None else since
    return Watched(signing.dumps(sorted(topics), salt=_salt(reader)), seen, at)


def answered(request: HttpRequest, *, reader: UUID) -> JsonResponse:
    """Wait for news of what the ticket names. A ticket of nobody's, or another's, is a missing page."""
    try:
        topics = signing.loads(
            request.GET.get("topic", ""), salt=_salt(reader), max_age=_TICKET_SECONDS
        )
    except signing.BadSignature:
        raise Http404 from None
    heard = live.wait(topics, seen=request.GET.get("seen", ""), seconds=WAIT_SECONDS)
    return JsonResponse({"changed": heard.changed, "seen": heard.mark, "pause": heard.pause})


def _salt(reader: UUID) -> str:
    return f"havre live {reader}"
