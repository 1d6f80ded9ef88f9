"""The mail of a change of e-mail address."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts.actions import CodeSent
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer
from havre.commons.notifications.words import MailText, MailToWrite, Shown
from havre.domains.people.queries import PersonSeen
from havre.foundation.crypto import numeric_code, provisional_key

_CODE = "own_contact.email_code"


def code(household: UUID, person: PersonSeen, *, email: str, code: CodeSent, now: datetime) -> None:
    """To the new address: whoever reads it there proves that it is theirs."""
    put_in_outbox(
        Mail(
            kind=_CODE,
            subject_key=str(code.id),
            language=person.language,
            address=email,
            household=household,
            membership=person.membership,
            not_before=now,
            expires_at=code.expires_at,
            about={"code": str(code.id)},
            facts={"first_name": person.first_name},
        ),
        now=now,
    )


def register() -> None:
    """Tell the outbox who writes this mail. Called at start-up."""
    register_writer(_CODE, _write_code)


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _write_code(mail: MailToWrite) -> MailText:
    typed = numeric_code(provisional_key(), UUID(mail.about["code"]))
    minutes = settings.HAVRE.EMAIL_CODE_MINUTES
    return MailText(
        _("Your confirmation code"),
        (
            _hello(mail),
            _(
                "You want to be written to at this address. Type this code on the page that asks it."
            ),
            Shown(_("Code"), typed),
            _("It works for %(minutes)d minutes.") % {"minutes": minutes},
            _("If you asked for nothing, do nothing: without the code nothing changes."),
        ),
    )
