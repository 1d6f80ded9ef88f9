"""Where refunds go, and the page behind the link that stops a change."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.domains.payments import actions, queries
from havre.domains.payments.actions import NoSuchAccount, TooLateToStop
from havre.domains.payments.queries import AccountSeen, Linked
from havre.domains.payments.words import CameBy, Standing
from havre.domains.people import queries as people
from havre.domains.people.access import may_see_account
from havre.domains.people.queries import PersonSeen
from havre.doors.portal.page import Made, Page, Viewer, member_page, now, public_page, unlisted
from havre.doors.ui import formats
from havre.doors.ui.addresses import url
from havre.foundation.db import Actor, Channel, Role, acting

RUBRIC = "bank-accounts"
_OPENED, _STOPPED = "stops", "stopped"
_ACTOR = Actor(name="link of a mail", channel=Channel.ONLINE, purpose="stop a bank account")


@dataclass(frozen=True)
class Row:
    """An account with its state and how it came, in words. ``ends``: until when it can be stopped."""

    account: AccountSeen
    standing: str
    kind: str
    came: str


@dataclass(frozen=True)
class Card:
    """The accounts of one person."""

    id: UUID
    name: str
    rows: tuple[Row, ...]


@require_safe
@member_page
def bank_accounts(request: HttpRequest, viewer: Viewer) -> Made:
    """One's own accounts and those of the minors that one answers for."""
    shown = _people(viewer)
    accounts = queries.accounts_of(
        household=viewer.account.household, people=[one.id for one in shown], at=viewer.now
    )
    cards = [
        Card(one.id, one.full_name, tuple(_rows(one.id, accounts)))
        for one in shown
        if one.id == viewer.account.person or any(seen.person == one.id for seen in accounts)
    ]
    values = {
        "cards": cards,
        "several": len(cards) > 1,
        "stopped": request.GET.get("stopped") == "1",
        "late": request.GET.get("stopped") == "0",
        "request": _request_url(),
        "hours": settings.HAVRE.BANK_CHANGE_HOURS,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("portal/bank_accounts.jinja", values, RUBRIC)


@require_POST
@member_page
def stop_own(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """Stop a change from within the space, as the link of the mail does."""
    household = viewer.account.household
    seen = queries.account_of(household=household, account=id, at=viewer.now)
    if seen is None or seen.person not in {one.id for one in _people(viewer)}:
        raise Http404
    try:
        actions.stop(household=household, account=id, by=str(viewer.account.id), now=viewer.now)
    except TooLateToStop:
        done = "1" if seen.standing is Standing.STOPPED else "0"  # a second click is harmless
        return redirect(f"{url('portal:bank-accounts')}?stopped={done}")
    return redirect(f"{url('portal:bank-accounts')}?stopped=1")


@require_safe
@unlisted
@public_page
def link(request: HttpRequest, token: str) -> Made:
    """Takes the secret out of the address at once: the session keeps which account it opened."""
    found = queries.linked(token=token)
    for name in (_OPENED, _STOPPED):
        request.session.pop(name, None)
    if found is not None:
        request.session[_OPENED] = [str(found.household), str(found.account)]
    return redirect("portal:stop-account")


@require_http_methods(["GET", "HEAD", "POST"])
@unlisted
@public_page
def stop_account(request: HttpRequest) -> Made:
    """Reading says what the button does; the button does it, once."""
    opened = request.session.get(_OPENED)
    if opened is None:
        return Page("portal/stop_account_gone.jinja", status=410)
    found, moment = Linked(*map(UUID, opened)), now()
    with acting(actor=_ACTOR, role=Role.MEMBER, household=found.household):
        if request.method == "POST" and _stopped(found):
            request.session[_STOPPED] = True
        seen = queries.account_of(household=found.household, account=found.account, at=moment)
    if request.method == "POST" and request.session.get(_STOPPED):
        return redirect("portal:stop-account")
    values = {"account": seen, "zone": settings.HAVRE.OPERATOR_TIME_ZONE}
    if request.session.get(_STOPPED):
        return Page("portal/stop_account_done.jinja", values)
    if seen is None or seen.stop_until is None:
        return Page("portal/stop_account_gone.jinja", status=410)
    return Page("portal/stop_account.jinja", values)


def _stopped(found: Linked) -> bool:
    try:
        actions.stop(
            household=found.household, account=found.account, by="link of a mail", now=now()
        )
    except (NoSuchAccount, TooLateToStop):
        return False
    return True


def _people(viewer: Viewer) -> list[PersonSeen]:
    """The reader first."""
    household = people.household_people(household=viewer.account.household)
    shown = people.people_shown(household, reader=viewer.account.person, on=viewer.today)
    reader = next(one for one in shown if one.id == viewer.account.person)
    majority = settings.HAVRE.MAJORITY_AGE
    seen = [
        one
        for one in shown
        if may_see_account(
            link=reader.link,
            own=one is reader,
            adult=one.is_adult(on=viewer.today, majority=majority),
        )
    ]
    return sorted(seen, key=lambda one: one is not reader)


def _rows(person: UUID, accounts: list[AccountSeen]) -> list[Row]:
    own = [one for one in accounts if one.person == person]
    coming = {
        one.currency: one for one in own if one.standing is Standing.WAITING and one.usable_from
    }
    return [
        Row(one, _standing(one, coming.get(one.currency)), _KINDS[one.standing], _came(one.came_by))
        for one in own
    ]


_KINDS = {
    Standing.PROPOSED: "wait",
    Standing.WAITING: "wait",
    Standing.IN_USE: "ok",
    Standing.REPLACED: "",
    Standing.REFUSED: "no",
    Standing.STOPPED: "no",
}


def _standing(one: AccountSeen, coming: AccountSeen | None) -> str:
    when = {"currency": one.currency, "when": _moment(one)}
    if one.standing is Standing.IN_USE and coming:
        when["when"] = _moment(coming)
        return _("Refunds in %(currency)s go there until %(when)s.") % when
    return {
        Standing.PROPOSED: _("We are checking it: nothing goes there yet."),
        Standing.WAITING: _("Refunds in %(currency)s go there from %(when)s.") % when,
        Standing.IN_USE: _("Refunds in %(currency)s go there.") % when,
        Standing.REPLACED: _("Replaced: nothing goes there any more."),
        Standing.REFUSED: _("We could not accept it."),
        Standing.STOPPED: _("Stopped: nothing goes there."),
    }[one.standing]


def _moment(one: AccountSeen) -> str:
    zone = settings.HAVRE.OPERATOR_TIME_ZONE
    return formats.moment(one.usable_from, zone) if one.usable_from else ""


def _came(by: CameBy) -> str:
    return {
        CameBy.FEED: _("Your insurer’s records say so"),
        CameBy.ONLINE: _("You gave it online"),
        CameBy.PHONE: _("You gave it by phone"),
        CameBy.POST: _("You gave it by post"),
        CameBy.MAIL: _("You gave it by e-mail"),
        CameBy.DESK: _("Our team recorded it"),
    }[by]


def _request_url() -> str:
    """Where a change is asked for: the form, or whom to ask until there is one."""
    try:
        return url("portal:request-new", kind="bank-account")
    except NoReverseMatch:
        return url("portal:contact")
