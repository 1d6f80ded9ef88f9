"""What makes the numbers install on a phone and read without network (W36)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from havre.doors.portal import offline, page
from havre.doors.portal.shell import operator
from havre.doors.ui.addresses import static, url


@require_safe
def copy(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # every view takes it
    """The page to keep, the same for everybody."""
    return HttpResponse(offline.page(_language(), today=page.today()))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """At the root, so that it answers in both languages. A browser asks for it anew at each visit."""
    script = offline.worker(today=page.today())
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """What the phone shows once the numbers are installed: it opens on them."""
    house, start = operator(_language()), url("portal:emergency")
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    values = {
        "id": "/",
        "name": house.name,
        "short_name": house.name,
        "lang": _language(),
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f0e5",
        "theme_color": "#0b3b45",
        "icons": [{**one, "purpose": use} for one in icons for use in ("any", "maskable")],
    }
    return JsonResponse(values, content_type="application/manifest+json")


def _language() -> str:
    return translation.get_language() or "fr"
