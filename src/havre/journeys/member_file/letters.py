"""The letter with a code that opens the account, for a member whom no e-mail reaches."""

from datetime import date, datetime, timedelta
from uuid import UUID

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts import actions as accounts
from havre.commons.notifications import queries as notifications
from havre.commons.notifications.actions import Mail, Written, register_writer, write_now
from havre.commons.notifications.words import Link, MailText, MailToWrite, Shown
from havre.domains.people.queries import DetailsSeen
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.refusals import Refusal
from havre.journeys.member_file.account import At, Dead, TooSoon, account_for

CODE = "member_file.code_by_post"


class HasAddress(Refusal):
    """An e-mail address is on file that takes mails: a provisional password goes there."""


class NoPostalAddress(Refusal):
    """No postal address is on file."""


def print_code(at: At, whose: DetailsSeen, *, secret: UUID, by: UUID, now: datetime) -> Written:
    """The words of a letter whose code opens the account once, within ``LETTER_CODE_DAYS``.

    The account is made where there is none, and every code sent or printed before opens nothing any more.
    ``secret`` is the id that the page named: asked again within a minute, it is the same letter; later it
    is read by nobody. Needs the desk's guard of the household.

    Refuses ``Dead``, ``HasAddress``, ``NoPostalAddress``, ``NoAccount`` where it is closed, ``TooSoon``.
    """
    person = whose.person
    if person.deceased_on:
        raise Dead
    if notifications.reaches(address=person.email):
        raise HasAddress
    if whose.address is None:
        raise NoPostalAddress
    issued = accounts.issue_by_post(
        account=account_for(at, person, now=now),
        secret=secret,
        now=now,
        life=timedelta(days=settings.HAVRE.LETTER_CODE_DAYS),
    )
    if issued is None:
        raise TooSoon
    letter = Mail(
        kind=CODE,
        subject_key=str(issued.id),
        language=person.language,
        address="",
        household=at.household,
        membership=at.membership,
        not_before=now,
        expires_at=issued.expires_at,
        about={"secret": str(issued.id), "until": issued.expires_at.date().isoformat()},
        facts={"first_name": person.first_name},
    )
    return write_now(letter, by=by, now=now)


def register() -> None:
    """Tell the outbox who writes this letter. Called at start-up."""
    register_writer(CODE, _write_code)


def _write_code(mail: MailToWrite) -> MailText:
    code = provisional_secret(provisional_key(), UUID(mail.about["secret"]))
    until = format_date(
        date.fromisoformat(mail.about["until"]), "d MMMM yyyy", locale=mail.language
    )
    return MailText(
        _("Your code to open the member space"),
        (
            _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]},
            _(
                "You asked for access to your member space. Go to the address below, and type your adherent"
                " number, which is on your member card, then this code instead of a password."
            ),
            Shown(_("Code"), code),
            Link(_("Sign in"), f"{settings.HAVRE.BASE_URL}/{mail.language}/sign-in"),
            _(
                "You then choose a password of your own. The code opens once, until %(until)s, and ends"
                " any code that came before."
            )
            % {"until": until},
            _(
                "Keep this letter for yourself. Nobody of ours knows this code, nor will ever ask for it."
                " If you asked for nothing, call us."
            ),
        ),
    )
