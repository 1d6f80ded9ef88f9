"""What waits beside requests: an account to open, a mail that came back, a feed that contradicts. Each is
shown in a few lines, with what can be done about it; the acts are those of the apps."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from havre.commons.accounts import queries as accounts
from havre.commons.accounts.actions import AlreadyDecided, UnknownReview
from havre.commons.accounts.words import Proof, ReviewReason
from havre.commons.cases.actions import CaseClosed, ChangedMeanwhile
from havre.commons.notifications import actions as mails
from havre.commons.notifications import queries as mails_seen
from havre.commons.notifications.actions import NoSuchLetter
from havre.commons.notifications.words import MailState
from havre.commons.staff.words import Permission
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.domains.people import actions as people
from havre.domains.people.actions import DecidedBefore, TakenElsewhere
from havre.domains.people.queries import DetailsSeen
from havre.domains.people.queries.differences import difference_of
from havre.doors.desk import imported, lettered, member_words, quarantined
from havre.doors.desk.page import Viewer
from havre.doors.desk.thing_parts import Choice, Given, NotOffered, Thing, TooOld
from havre.doors.ui import formats
from havre.foundation.db import Channel
from havre.foundation.phones import shown_phone
from havre.journeys.account_opening import reviewing

GONE = (
    *(AlreadyDecided, UnknownReview, DecidedBefore),
    *(CaseClosed, ChangedMeanwhile, NoSuchLetter),
)
"""What says that somebody was there before."""
_REASONS = {
    ReviewReason.NO_EMAIL_ON_FILE: gettext_noop("No address was on file"),
    ReviewReason.ANOTHER_EMAIL: gettext_noop("Another address is on file"),
    ReviewReason.SHARED_EMAIL: gettext_noop("The address is that of another adult too"),
}
_PROOFS = {
    Proof.CALL_BACK: gettext_noop("We called back the number on file"),
    Proof.LETTER: gettext_noop("A letter to the address on file was answered"),
    Proof.DOCUMENT_SEEN: gettext_noop("An identity document was seen"),
}
_FIELDS = {
    "family_name": gettext_noop("Family name"),
    "first_name": gettext_noop("First name"),
    "birth_date": gettext_noop("Birth date"),
    "nir": gettext_noop("Social security number"),
    "email": gettext_noop("E-mail address"),
    "phone": gettext_noop("Telephone"),
    "address": gettext_noop("Postal address"),
    "expatriation_country": gettext_noop("Country of expatriation"),
    "language": gettext_noop("Language"),
}


def seen(viewer: Viewer, item: ItemSeen) -> Thing:
    """What is known of it. Needs the desk's guard of its household."""
    shows = _SHOWN.get(item.source, _other)
    return shows(viewer, item)


def done(viewer: Viewer, item: ItemSeen, *, choice: str, given: Given) -> HttpResponse | None:
    """Do it; a letter that is printed is the answer. Needs the same guard. Refuses ``NotOffered``,
    ``TooOld``, ``TakenElsewhere``, ``LetterOver``, ``NoPostalAddress`` and what ``GONE`` names.
    """
    offered = next((one for one in seen(viewer, item).choices if one.code == choice), None)
    if offered is None or (offered.proof and given.proof not in set(Proof)):
        raise NotOffered(choice)
    if offered.reason and not given.reason:
        raise NotOffered(choice)
    return _ACTS[choice](viewer, item, given)


def proofs() -> list[tuple[str, str]]:
    """How identity can have been proved: code and words."""
    return [(one.value, _(words)) for one, words in _PROOFS.items()]


def contacts(details: DetailsSeen | None) -> list[tuple[str, str]]:
    """By which ways a member can be reached."""
    if details is None:
        return []
    person, address = details.person, details.address
    found = [
        (_("Number"), person.adherent_number or ""),
        (_("E-mail address"), person.email or ""),
        (_("Telephone"), shown_phone(person.phone) if person.phone else ""),
        (_("Postal address"), ", ".join([*address.lines, address.city or ""]) if address else ""),
    ]
    return [(label, value) for label, value in found if value]


def _review(viewer: Viewer, item: ItemSeen) -> Thing:
    line = reviewing.one(review=item.source_id, actor=viewer.actor(purpose="look at an opening"))
    return Thing(
        _("Somebody asks to open this account with an address that is not on file."),
        (
            (_("Asked for"), line.review.typed_email),
            (_("Why it waits"), _(_REASONS[line.review.reason])),
            (_("On file"), line.person.email or _("no address")),
        ),
        (
            Choice("approve", _("Approve"), main=True, proof=True),
            Choice("refuse", _("Refuse")),
        ),
    )


def _report(_viewer: Viewer, item: ItemSeen) -> Thing:
    report = accounts.report_of(report=item.source_id)
    denied = report.denied if report else None
    return Thing(
        _("The owner said “It was not me”: the account is suspended until someone has looked."),
        (
            (
                _("Denied"),
                member_words.denied(denied) if denied else _("reported from the space"),
            ),
        ),
    )


def _mail(viewer: Viewer, item: ItemSeen) -> Thing:
    mail = mails_seen.mail_of(mail=item.source_id)
    if mail is None:
        return _other(viewer, item)
    bounced = mail.state is MailState.BOUNCED
    tried = ngettext("once", "%(num)d times", mail.attempts) % {"num": mail.attempts}
    return Thing(
        _("This mail came back: its address takes none. Reach the member by another way.")
        if bounced
        else _("This mail did not leave after every attempt. Reach the member by another way."),
        (
            (_("Mail"), member_words.mail_kind(mail.kind)),
            (_("State"), member_words.mail_state(mail.state)[0]),
            (_("Written"), formats.moment(mail.created_at, settings.HAVRE.OPERATOR_TIME_ZONE)),
            (_("Attempts"), tried),
        ),
        (
            *([] if bounced else [Choice("resend", _("Send it once more"), main=True)]),
            Choice("handled", _("The member was reached otherwise"), main=bounced),
        ),
        links=_to_the_account(viewer, item),
    )


def _to_the_account(viewer: Viewer, item: ItemSeen) -> tuple[tuple[str, str], ...]:
    """Where another address is entered, or a letter printed."""
    if item.membership is None or not viewer.may(Permission.ACCOUNTS_MANAGE):
        return ()
    account = reverse("desk:member-account", kwargs={"membership": item.membership})
    return ((_("Enter another address, or print a letter"), account),)


def _difference(_viewer: Viewer, item: ItemSeen) -> Thing:
    if item.household is None:
        return _other(_viewer, item)
    found = difference_of(household=item.household, difference=item.source_id)
    if found is None:
        return _other(_viewer, item)
    label = _(_FIELDS[found.field]) if found.field in _FIELDS else found.field
    value = "" if found.field == "nir" else found.feed_value
    takes = found.field in people.TAKEN_AS_THEY_ARE and found.feed_value
    return Thing(
        _("A feed says something else than what the member or the desk confirmed."),
        ((_("Field"), label), (_("The feed says"), value or _("not shown here"))),
        (
            Choice("keep", _("Keep ours"), main=True),
            *([Choice("take", _("Take the feed’s"))] if takes else []),
        ),
    )


def _other(_viewer: Viewer, item: ItemSeen) -> Thing:
    words = {
        Source.BANK: gettext_noop("A member stopped a change of the account that refunds go to."),
    }.get(item.source, gettext_noop("Somebody has to look at it."))
    return Thing(
        _(words),
        ((_("Since"), formats.short_day(item.opened_at.date())),),
        (Choice("seen", _("Seen"), main=True),),
    )


Act = Callable[[Viewer, ItemSeen, Given], HttpResponse | None]


def _approve(viewer: Viewer, item: ItemSeen, given: Given) -> None:
    reviewing.approve(
        review=item.source_id,
        proof=Proof(given.proof),
        by=str(viewer.id),
        now=viewer.now,
        at=Channel.DESK,
    )


def _refuse(viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    reviewing.refuse(review=item.source_id, by=str(viewer.id), now=viewer.now, at=Channel.DESK)


def _resend(viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    if not mails.try_again(mail_id=item.source_id, now=viewer.now):
        raise TooOld(str(item.source_id))


def _handled(_viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    mails.give_up(mail_id=item.source_id)


def _keep(viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    people.keep_ours(
        household=_household(item), difference=item.source_id, by=str(viewer.id), now=viewer.now
    )


def _take(viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    people.take_the_feed_s(
        household=_household(item), difference=item.source_id, by=str(viewer.id), now=viewer.now
    )


def _seen(_viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    worklist.take_away(source=item.source, source_id=item.source_id)


def _household(item: ItemSeen) -> UUID:
    if item.household is None:
        raise NotOffered(str(item.id))
    return item.household


_SHOWN: dict[Source, Callable[[Viewer, ItemSeen], Thing]] = {
    Source.REVIEW: _review,
    Source.REPORT: _report,
    Source.MAIL: _mail,
    Source.DIFFERENCE: _difference,
    Source.QUARANTINE: quarantined.seen,
    Source.IMPORT: imported.seen,
    Source.LETTER: lettered.seen,
}
_ACTS: dict[str, Act] = {
    "approve": _approve,
    "refuse": _refuse,
    "resend": _resend,
    "handled": _handled,
    "keep": _keep,
    "take": _take,
    "seen": _seen,
    "ask-again": quarantined.ask_again,
    "close": imported.close,
    "print": lettered.print_it,
    "posted": lettered.posted,
    "handled-letter": lettered.handled,
}
__all__ = [
    "GONE",
    "Choice",
    "Given",
    "NotOffered",
    "TakenElsewhere",
    "Thing",
    "TooOld",
    "done",
    "seen",
]
