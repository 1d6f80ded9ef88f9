"""My profile: the language, the look, the notices one wants, and what one agrees to be told of."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.content import queries as content
from havre.commons.content.words import Slug
from havre.commons.privacy import actions as privacy
from havre.commons.privacy import queries as privacy_seen
from havre.commons.privacy.words import Choice, ContactChannel, Leaving, Notice, Via, Wording
from havre.domains.people import queries as people
from havre.doors.portal.page import Made, Page, Viewer, member_page, now, public_page, unlisted
from havre.doors.portal.profile_words import channel_words, consent_rows, history, notice_words
from havre.doors.portal.shell import THEME_COOKIE, theme_of
from havre.foundation.db import Actor, Channel, Role, acting

RUBRIC = "profile"
_THEMES = {"", "light", "dark"}
_YEAR = 365 * 24 * 3600


@require_safe
@member_page
def profile(request: HttpRequest, viewer: Viewer) -> Made:
    """Every choice that is a member's alone (W45, S7)."""
    return _page(request, viewer, stale=False)


@require_POST
@member_page
def choose_theme(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """Kept by the browser, for this device alone: no page asks the database for it."""
    theme = request.POST.get("theme", "")
    answer = _done("theme")
    if theme in _THEMES:
        answer.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=_YEAR if theme else 0,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


@require_POST
@member_page
def choose_notices(request: HttpRequest, viewer: Viewer) -> Made:
    privacy.want_notices(
        household=viewer.account.household,
        person=viewer.account.person,
        wanted={notice for notice in Notice if notice in request.POST.getlist("notice")},
        now=viewer.now,
    )
    return _done("notices")


@require_POST
@member_page
def choose_consents(request: HttpRequest, viewer: Viewer) -> Made:
    """What is ticked is agreed to, under the very text that was on the page; the rest is not."""
    text = content.text_in_force(
        slug=Slug.COMMERCIAL_CONSENT, language=viewer.language, today=viewer.today
    )
    if text is None:  # nothing can be agreed to without a text
        raise Http404
    # A page of another version, or in another language: what it said is not what would be recorded.
    same_text = request.POST.get("text") == text.sha256
    ticked = set(request.POST.getlist("agree"))
    try:
        if not same_text:
            raise privacy.ChosenMeanwhile
        privacy.choose(
            household=viewer.account.household,
            person=viewer.account.person,
            ticked={
                (topic.id, channel)
                for topic in privacy_seen.topics()
                for channel in ContactChannel
                if f"{topic.id}:{channel}" in ticked
            },
            shown=_id(request.POST.get("shown", "")),
            wording=Wording(text.version, text.language, text.sha256),
            via=Via.ONLINE,
            now=viewer.now,
        )
    except privacy.ChosenMeanwhile:
        return _page(request, viewer, stale=True)
    return _done("consents")


@csrf_exempt  # the token is the authority, and a mail server that posts it has no cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@unlisted
@public_page
def leave_mails(request: HttpRequest) -> Made:
    """The link at the foot of a mail: it shows, a button acts, and a mail program may post by itself."""
    leaving = privacy_seen.read_leaving_token(request.GET.get("t", ""))
    if leaving is None:
        return Page("portal/leave_unknown.jinja", status=404)
    done = request.method == "POST"
    if done:
        _leave(leaving)
    return Page("portal/leave_mails.jinja", {"subject": _subject(leaving, request), "done": done})


def _leave(leaving: Leaving) -> None:
    actor = Actor(name=str(leaving.person), channel=Channel.ONLINE, purpose="stop a kind of mail")
    with acting(actor=actor, role=Role.MEMBER, household=leaving.household):
        known = people.household_people(household=leaving.household)
        if any(person.id == leaving.person for person in known):  # or gone since the mail left
            privacy.leave(leaving, now=now())


def _subject(leaving: Leaving, request: HttpRequest) -> str:
    if leaving.notice:
        return notice_words(leaving.notice)
    language = getattr(request, "LANGUAGE_CODE", "fr")
    named = {topic.id: topic.label(language) for topic in privacy_seen.topics()}
    return named.get(leaving.topic or "", _("Our news"))


def _page(request: HttpRequest, viewer: Viewer, *, stale: bool) -> Page:
    account = viewer.account
    text = content.text_in_force(
        slug=Slug.COMMERCIAL_CONSENT, language=viewer.language, today=viewer.today
    )
    choices = privacy_seen.choices_of(household=account.household, person=account.person)
    unwanted = privacy_seen.unwanted_notices(household=account.household, person=account.person)
    values = {
        "person": account.person,
        "language_name": dict(settings.LANGUAGES).get(account.language, account.language),
        "theme": theme_of(request),
        "themes": [("", _("As on this device")), ("light", _("Light")), ("dark", _("Dark"))],
        "notices": [(notice, notice_words(notice), notice not in unwanted) for notice in Notice],
        "text": text,
        "channels": [channel_words(channel) for channel in ContactChannel],
        "consents": consent_rows(choices, language=viewer.language),
        "shown": _latest(choices),
        "history": history(choices, language=viewer.language),
        "stale": stale,
        "saved": request.GET.get("saved", ""),
    }
    return Page("portal/profile.jinja", values, RUBRIC, status=409 if stale else 200)


def _latest(choices: list[Choice]) -> str:
    return str(choices[0].id) if choices else ""


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _done(what: str) -> HttpResponseBase:
    answer = redirect(f"portal:{RUBRIC}")
    answer["Location"] += f"?saved={what}"
    return answer
