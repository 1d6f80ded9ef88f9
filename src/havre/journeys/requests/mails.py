"""The mails of a request. They name its number and lead to its page: nothing of what it says."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havre.commons.cases.queries import CaseSeen
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer
from havre.commons.notifications.words import Link, MailText, MailToWrite
from havre.foundation.db import Channel
from havre.journeys.requests.facts import Facts

_TRIED_FOR = timedelta(days=7)
_WRITTEN_DOWN = gettext_noop(
    "Our team wrote it down for you, as you asked. If you did not ask for it, tell us at once."
)
_KINDS = ("receipt", "asked", "reminder", "decided", "acknowledged", "withdrawn")


def receipt(facts: Facts, case: CaseSeen, *, now: datetime) -> None:
    """It is on file."""
    _put("receipt", facts, case, key=str(case.id), now=now)


def asked(facts: Facts, case: CaseSeen, *, now: datetime) -> None:
    """Something is asked of its member."""
    _put("asked", facts, case, key=f"{case.id}/{case.version}", now=now)


def reminder(facts: Facts, case: CaseSeen, *, now: datetime) -> None:
    """What was asked is still awaited."""
    _put("reminder", facts, case, key=f"{case.id}/{case.version}", now=now)


def decided(facts: Facts, case: CaseSeen, *, now: datetime) -> None:
    """It was decided: the page says how and why."""
    _put("decided", facts, case, key=str(case.id), now=now)


def acknowledged(facts: Facts, case: CaseSeen, *, now: datetime) -> None:
    """A formal complaint was received, and by when it is answered."""
    _put("acknowledged", facts, case, key=str(case.id), now=now)


def withdrawn(facts: Facts, case: CaseSeen, *, now: datetime) -> None:
    """Its member took it back."""
    _put("withdrawn", facts, case, key=str(case.id), now=now)


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    writers = (_receipt, _asked, _reminder, _decided, _acknowledged, _withdrawn)
    for kind, writer in zip(_KINDS, writers, strict=True):
        register_writer(f"requests.{kind}", writer)


def _put(kind: str, facts: Facts, case: CaseSeen, *, key: str, now: datetime) -> None:
    """To whoever made the request; nothing where no address is known: their letter is the desk's."""
    me = facts.me
    if me.email is None or me.deceased_on is not None:
        return
    put_in_outbox(
        Mail(
            kind=f"requests.{kind}",
            subject_key=key,
            language=me.language,
            address=me.email,
            household=facts.household,
            membership=me.membership,
            not_before=now,
            expires_at=now + _TRIED_FOR,
            about={"case": str(case.id)}
            | ({} if case.channel is Channel.ONLINE else {"written_down": "yes"}),
            facts={"first_name": me.first_name, "number": case.number},
        ),
        now=now,
    )


def page_of(case: UUID, language: str) -> str:
    """Where the member follows a request."""
    return f"{settings.HAVRE.BASE_URL}/{language}/requests/{case}"


def _receipt(mail: MailToWrite) -> MailText:
    return _text(
        mail,
        _("Your request %(number)s is recorded"),
        _("We have your request %(number)s. This mail is your receipt; keep the number."),
        *([_(_WRITTEN_DOWN)] if "written_down" in mail.about else []),
        _("You can follow it, add to it and write to us about it on its page."),
    )


def _asked(mail: MailToWrite) -> MailText:
    return _text(
        mail,
        _("Request %(number)s: we need something from you"),
        _("To go on with your request %(number)s we need something from you."),
        _("What exactly, and why, is on its page; you can answer right there."),
    )


def _reminder(mail: MailToWrite) -> MailText:
    return _text(
        mail,
        _("Request %(number)s: we are still waiting for you"),
        _("We asked you for something for your request %(number)s and have no answer yet."),
        _("If you do not have it, say so on its page: we will look for another way together."),
    )


def _decided(mail: MailToWrite) -> MailText:
    return _text(
        mail,
        _("Request %(number)s: our answer is there"),
        _("Your request %(number)s was decided. The answer, with its reason, is on its page."),
        _("If you disagree, you can contest it there."),
    )


def _acknowledged(mail: MailToWrite) -> MailText:
    return _text(
        mail,
        _("We have received your complaint %(number)s"),
        _("We acknowledge receipt of your complaint %(number)s."),
        _("We answer within two months of its sending. Its page names the mediator."),
    )


def _withdrawn(mail: MailToWrite) -> MailText:
    return _text(
        mail,
        _("Your request %(number)s is withdrawn"),
        _("You withdrew your request %(number)s. Nothing more happens with it."),
        _("You can make a new one at any time."),
    )


def _text(mail: MailToWrite, subject: str, *words: str) -> MailText:
    number = {"number": mail.facts["number"]}
    page = page_of(UUID(mail.about["case"]), mail.language)
    return MailText(
        subject % number,
        (
            _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]},
            *(one % number for one in words),
            Link(_("See the request"), page),
        ),
    )
