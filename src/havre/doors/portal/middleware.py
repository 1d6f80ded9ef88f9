"""What the portal does before a page is asked: it shows that a part of it is closed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponse]


class RespectClosures:
    """Puts a page in place of what is closed, before its view is asked."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, *_view: object, **_more: object
    ) -> HttpResponseBase | None:
        from havre.doors.portal import closing

        match = request.resolver_match
        return closing.shut(request) if match and match.namespace == "portal" else None
