"""Files of the content desk's forms: public ones, held in memory until they are kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from havre.doors.desk.page import viewer_of

P = ParamSpec("P")
_LARGEST_FORM = 32 * 1024 * 1024
"""Of all that a form sends: each file is then looked at, and one above 10 MB refused by name."""


class _InMemory(MemoryFileUploadHandler):
    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002  # of Django
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        self.activated = content_length <= _LARGEST_FORM


def takes_content_files(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The view of a form with files. Only who works here has theirs read."""

    @csrf_exempt  # checked below, once it is said where files go: the check reads the form
    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request.upload_handlers = [_InMemory(request)] if viewer_of(request) else []
        return csrf_protect(view)(request, *args, **kwargs)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument
