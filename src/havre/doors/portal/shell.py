"""What stands around a page of the portal: the house, the rubrics that exist, the other language."""

from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.accounts.queries import AccountSeen
from havre.commons.accounts.words import Step
from havre.doors.portal import rubrics
from havre.doors.ui.addresses import url
from havre.doors.ui.shell import AccountBadge, LanguageLink, Link, Operator, Shell, Theme

THEME_COOKIE = "havre-theme"


def shell_for(request: HttpRequest, *, account: AccountSeen | None, rubric: str) -> Shell:
    """The frame of one page; the rubrics only for someone whose first sign-in is finished."""
    inside = account is not None and account.step is Step.HOME
    language = translation.get_language() or "fr"
    demo = settings.HAVRE.DEMO
    return Shell(
        operator=operator(language),
        home_url=url("portal:home" if account else "portal:sign-in"),
        nav=rubrics.bar(rubric, language) if inside else (),
        legal_links=_legal_links(language),
        languages=_languages(request, language),
        account=_badge(request) if account else None,
        demo_notice=_("Demonstration: every person here is fictional.") if demo else None,
        mailbox_url=url("portal:mailbox") if demo else "",
        notice=_("For now everything can be read and nothing changed.")
        if settings.HAVRE.READ_ONLY
        else None,
        emergency_url=url("portal:emergency"),
        write_url=url("portal:message-new") if inside else "",
        theme=theme_of(request),
    )


def theme_of(request: HttpRequest) -> Theme:
    """What was chosen on this device; "" to follow it."""
    chosen = request.COOKIES.get(THEME_COOKIE)
    return "light" if chosen == "light" else "dark" if chosen == "dark" else ""


@lru_cache(maxsize=4)
def operator(language: str) -> Operator:
    """The house, as its settings describe it."""
    house = settings.HAVRE
    return Operator(
        name=house.OPERATOR_NAME,
        legal_name=house.OPERATOR_LEGAL_NAME,
        logo=url("portal:logo") if house.OPERATOR_LOGO else None,
        phone=house.OPERATOR_PHONE,
        email=house.OPERATOR_EMAIL,
        hours=house.OPERATOR_HOURS_FR if language == "fr" else house.OPERATOR_HOURS_EN,
        address=house.OPERATOR_ADDRESS,
    )


@lru_cache(maxsize=4)
def _legal_links(_language: str) -> tuple[Link, ...]:
    entries = (
        ("contact", _("Contact")),
        ("faq", _("Questions and answers")),
        ("terms", _("Terms of use")),
        ("legal-notice", _("Legal notice")),
        ("privacy", _("Privacy")),
        ("safety-advice", _("Safety advice")),
        ("accessibility", _("Accessibility")),
    )
    return tuple(Link(label, url(f"portal:{name}")) for name, label in entries)


def _languages(request: HttpRequest, here: str) -> tuple[LanguageLink, ...]:
    """The same address in the other language; without a prefix, that language's front page."""
    prefix, path = f"/{here}/", quote(request.path)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    rest = path.removeprefix(prefix) if path.startswith(prefix) else ""
    return tuple(
        LanguageLink(code, label, f"/{code}/{rest}{query}")
        for code, label in settings.LANGUAGES
        if code != here
    )


def _badge(request: HttpRequest) -> AccountBadge:
    name = request.session.get("name", "")
    letters = "".join(word[0] for word in name.split()[:2]).upper()
    return AccountBadge(name, letters, url("portal:sign-out"))
