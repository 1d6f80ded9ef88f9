"""What a request tells of the machine that sent it."""

from django.conf import settings
from django.http import HttpRequest

_LONGEST_AGENT, _LONGEST_NAME = 512, 40


def device_of(agent: str) -> tuple[str, str]:
    """The browser and the system that a browser says it is: "Chrome", "Android"; "" where unknown."""
    from ua_parser import parse  # a fifth of a second, at a sign-in rather than at each start

    found = parse(agent[:_LONGEST_AGENT])
    browser = found.user_agent.family.replace("Mobile", "").strip() if found.user_agent else ""
    system = found.os.family if found.os else ""
    return browser[:_LONGEST_NAME], system[:_LONGEST_NAME]


def address_of(request: HttpRequest) -> str:
    """The address of the reader's machine, past the proxies that we trust and no further."""
    hops = settings.HAVRE.TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if hops and len(forwarded) >= hops and forwarded[-hops].strip():
        return forwarded[-hops].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
