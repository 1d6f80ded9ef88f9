"""What the desk does before a page is asked: nothing is sent where nothing can be saved."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from havre.doors.desk import errors

Answer = Callable[[HttpRequest], HttpResponse]
_SAFE = {"GET", "HEAD", "OPTIONS"}
# They save nothing where nothing can be saved: a session then travels in its cookie.
SAVES_NOTHING = {"sign-in", "second-step", "sign-out", "confirm"}


class RefuseWhereReadOnly:
    """Says in words that nothing is saved, in place of a page that would."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, *_view: object, **_more: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.HAVRE.READ_ONLY or request.method in _SAFE or match is None:
            return None
        return None if match.url_name in SAVES_NOTHING else errors.read_only(request)
