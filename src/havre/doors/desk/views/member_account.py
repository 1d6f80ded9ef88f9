"""A member's access, address and death, at the member's or the family's wish, with how it was asked."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import changes, life
from havre.commons.accounts.words import ClosedFor, Proof
from havre.commons.notifications import queries as notifications
from havre.commons.staff.words import Permission
from havre.domains.people import queries as people
from havre.domains.people.queries import DetailsSeen
from havre.doors.desk import member_file, member_words
from havre.doors.desk.account_forms import ActForm
from havre.doors.desk.letter_pdf import NoPostalAddress as UnprintableAddress
from havre.doors.desk.letter_pdf import printed
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.ui.addresses import url
from havre.foundation.db import Channel
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.journeys.member_file import account as journey
from havre.journeys.member_file import letters
from havre.journeys.member_file.account import At

RUBRIC = "members"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.ACCOUNTS_MANAGE)
def member_account(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """What can be done with an account, and doing it: each act is one form of the page."""
    at = At(member_file.household_of(viewer, membership), membership)
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = _ACTS[form.cleaned_data["act"]]
        channel = Channel(form.cleaned_data["channel"])
        try:
            with viewer.inside(at.household, purpose=_purpose(form), channel=channel):
                made = act(at, form, viewer)
        except Refusal as refused:
            if type(refused) not in _REFUSALS:
                raise
            form.add_error(None, _REFUSALS[type(refused)]())
        else:
            return made or redirect(f"{url('desk:member', membership=membership)}#access")
    return _page(at, form, viewer)


def _page(at: At, form: ActForm, viewer: Viewer) -> Page:
    with viewer.inside(at.household, purpose="look at an account"):
        seen = life.life_of(membership=at.membership)
        person = journey.person(at)
        change = changes.last_change_of(membership=at.membership)
        reached = notifications.reaches(address=person.email)
    values = {
        "form": form,
        "person": person,
        "state": member_words.account_state(seen),
        "standing": seen.standing if seen else None,
        "change": change,
        "second": change is not None
        and change.waits
        and change.proposed_by != viewer.id
        and viewer.may(Permission.REQUESTS_SECOND),
        "held": change is not None
        and change.held_until is not None
        and change.held_until > viewer.now,
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
        "letter": new_id(),
        "reached": reached,
    }
    return Page("desk/member_account.jinja", values, RUBRIC, status=422 if form.is_bound else 200)


def _purpose(form: ActForm) -> str:
    """What the history keeps: the act alone, never a word that somebody typed."""
    return f"account of a member: {form.cleaned_data['act']}"


def _suspend(at: At, _form: ActForm, viewer: Viewer) -> None:
    journey.suspend(at, by=str(viewer.id), now=viewer.now)


def _disable(at: At, form: ActForm, viewer: Viewer) -> None:
    reason = ClosedFor(form.cleaned_data["reason"])
    journey.disable(at, reason=reason, by=str(viewer.id), now=viewer.now)


def _delete(at: At, _form: ActForm, viewer: Viewer) -> None:
    journey.delete(at, by=str(viewer.id), now=viewer.now)


def _restore(at: At, form: ActForm, viewer: Viewer) -> None:
    proof = Proof(form.cleaned_data["proof"])
    journey.restore(at, proof=proof, by=str(viewer.id), now=viewer.now)


def _password(at: At, _form: ActForm, viewer: Viewer) -> None:
    journey.send_password(at, now=viewer.now)


def _letter(at: At, form: ActForm, viewer: Viewer) -> HttpResponse:
    whose = _details(at)
    letter = letters.print_code(at, whose, secret=_letter_id(form), by=viewer.id, now=viewer.now)
    return printed(letter, whose, now=viewer.now)


def _letter_id(form: ActForm) -> UUID:
    """The id that the page named, so that a second click is the same letter."""
    try:
        return UUID(form.data.get("letter", ""))
    except ValueError:
        return new_id()


def _details(at: At) -> DetailsSeen:
    everyone = people.household_details(household=at.household)
    return next(one for one in everyone if one.person.membership == at.membership)


def _email(at: At, form: ActForm, viewer: Viewer) -> None:
    channel = Channel(form.cleaned_data["channel"])
    journey.propose_email(
        at, email=form.cleaned_data["email"], channel=channel, by=viewer.id, now=viewer.now
    )


def _confirm(at: At, form: ActForm, viewer: Viewer) -> None:
    change = _waiting(at, form)
    if not viewer.may(Permission.REQUESTS_SECOND):
        raise accounts.SamePerson
    journey.confirm_email(
        at, change=change.id, channel=change.channel, by=viewer.id, now=viewer.now
    )


def _refuse(at: At, form: ActForm, viewer: Viewer) -> None:
    accounts.refuse_change(change=_waiting(at, form).id, by=viewer.id, now=viewer.now)


def _waiting(at: At, form: ActForm) -> changes.ChangeSeen:
    """The change that the page showed: one that was proposed since is not what was read."""
    change = changes.last_change_of(membership=at.membership)
    if change is None or not change.waits or form.data.get("change") != str(change.id):
        raise accounts.NotWaiting
    return change


_ACTS: Mapping[str, Callable[[At, ActForm, Viewer], HttpResponse | None]] = {
    "suspend": _suspend,
    "disable": _disable,
    "delete": _delete,
    "restore": _restore,
    "password": _password,
    "letter": _letter,
    "email": _email,
    "email-confirm": _confirm,
    "email-refuse": _refuse,
}
_REFUSALS: Mapping[type[Refusal], Callable[[], str]] = {
    accounts.NotClosable: lambda: _("The account is not in a state from which this can be done."),
    accounts.NotRestorable: lambda: _("The account is open, or was deleted: nothing to restore."),
    accounts.ChangeWaits: lambda: _("Another address waits for its second person already."),
    accounts.NotWaiting: lambda: _("Someone has decided it meanwhile."),
    accounts.SamePerson: lambda: _("A second person confirms it: not whoever proposed it."),
    journey.NoAccount: lambda: _("There is no account with which this can be done."),
    journey.NoAddress: lambda: _("No e-mail address is on file."),
    journey.SharedAddress: lambda: _(
        "Another adult of the household reads this address: it would open one’s care to the other."
    ),
    journey.TooSoon: lambda: _(
        "No provisional password can be sent now: one was a moment ago, or the address changed lately."
    ),
    letters.HasAddress: lambda: _("An e-mail address is on file: send the password there."),
    letters.NoPostalAddress: lambda: _("No postal address is on file: it is put there first."),
    UnprintableAddress: lambda: _("The postal address holds letters that cannot be printed."),
    journey.Dead: lambda: _("The file says that this person died: it is corrected first."),
    journey.WrongAddress: lambda: _("This is no e-mail address, or it is on file already."),
}
