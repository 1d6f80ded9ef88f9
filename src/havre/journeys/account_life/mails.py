"""The mails of an account's life after its opening."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts.queries import life
from havre.commons.accounts.queries.life import LifeSeen
from havre.commons.notifications.actions import (
    Mail,
    put_in_outbox,
    put_many_in_outbox,
    register_writer,
)
from havre.commons.notifications.words import Link, MailText, MailToWrite, NoLongerTrue
from havre.domains.people.queries import Addressee, PersonSeen

_LIFE = timedelta(days=7)
_RESTORED = "accounts.restored"
_ENDS = "accounts.access_ends"


def restored(seen: LifeSeen, person: PersonSeen, *, email: str, now: datetime) -> None:
    """The account is open again, and its password is gone. One a day."""
    put_in_outbox(
        Mail(
            kind=_RESTORED,
            subject_key=f"{seen.membership} {now.date().isoformat()}",
            language=person.language,
            address=email,
            household=seen.household,
            membership=seen.membership,
            not_before=now,
            expires_at=now + _LIFE,
            about={},
            facts={"first_name": person.first_name},
        ),
        now=now,
    )


class Ending(NamedTuple):
    """An announcement: that ``account`` gives access until ``last_day``, ``days`` from now or less."""

    account: UUID
    to: Addressee
    last_day: date
    days: int


def access_ends(endings: Iterable[Ending], *, now: datetime) -> None:
    """Each announcement once, however often asked. Needs a transaction."""
    put_many_in_outbox(
        (
            Mail(
                kind=_ENDS,
                subject_key=f"{account} {last_day.isoformat()} {days}",
                language=one.language,
                address=one.email,
                household=one.household,
                membership=one.membership,
                not_before=now,
                expires_at=now + _LIFE,
                about={"account": str(account), "last_day": last_day.isoformat()},
                facts={"first_name": one.first_name},
            )
            for account, one, last_day, days in endings
        ),
        now=now,
    )


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(_RESTORED, _write_restored)
    register_writer(_ENDS, _write_ends)


def _write_restored(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your account is open again"),
        (
            _hello(mail),
            _(
                "We checked with you who you are, and your account is open again. The password it"
                " had no longer works: ask for a new one under the sign-in fields."
            ),
            _link(_("Sign in"), mail, "sign-in"),
            _("We never ask for a password by phone or by e-mail."),
        ),
    )


def _write_ends(mail: MailToWrite) -> MailText:
    last_day = date.fromisoformat(mail.about["last_day"])
    if life.access_ends_on(account=UUID(mail.about["account"])) != last_day:
        raise NoLongerTrue
    day = {"day": format_date(last_day, "d MMMM yyyy", locale=mail.language)}
    return MailText(
        _("Your access to the member space ends on %(day)s") % day,
        (
            _hello(mail),
            _(
                "Your last contract with us has ended some time ago. You can use your member space"
                " until %(day)s, that day included; then it closes by itself."
            )
            % day,
            _(
                "Before that day, download what you want to keep: your certificates, your"
                " reimbursements as a spreadsheet, and the conditions of your contract."
            ),
            _link(_("Download my certificates"), mail, "certificates"),
            _link(_("Download my reimbursements"), mail, "reimbursements"),
            _link(_("See my contracts"), mail, "contracts"),
            _("After it, what the law lets us keep stays with us: ask for it by phone or by mail."),
            _("If you take out a contract with us again, your access goes on and nothing closes."),
        ),
    )


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _link(label: str, mail: MailToWrite, path: str) -> Link:
    return Link(label, f"{settings.HAVRE.BASE_URL}/{mail.language}/{path}")
