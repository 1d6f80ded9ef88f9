"""The mail of an invitation. The code is derived when it is written, and is in no job."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer, written_moment
from havre.commons.notifications.words import Link, MailText, MailToWrite, NoLongerTrue, Shown
from havre.commons.staff.models import Invitation
from havre.foundation.crypto import provisional_key, provisional_secret

INVITED = "staff.invited"


def invited(
    *,
    invitation: UUID,
    email: str,
    first_name: str,
    language: str,
    expires_at: datetime,
    now: datetime,
) -> None:
    """Put the mail of an invitation in the outbox. Needs the transaction of the invitation."""
    put_in_outbox(
        Mail(
            kind=INVITED,
            subject_key=str(invitation),
            language=language,
            address=email,
            not_before=now,
            expires_at=expires_at,
            about={"invitation": str(invitation), "expires_at": expires_at.isoformat()},
            facts={"first_name": first_name},
        ),
        now=now,
    )


def register() -> None:
    """Tell the outbox who writes it. Called at start-up."""
    register_writer(INVITED, _write)


def _write(mail: MailToWrite) -> MailText:
    row = UUID(mail.about["invitation"])
    if not Invitation.objects.filter(id=row, used_at=None).exists():
        raise NoLongerTrue
    until = written_moment(
        datetime.fromisoformat(mail.about["expires_at"]),
        zone=ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE),
        language=mail.language,
    )
    return MailText(
        _("Your access to the desk of %(house)s") % {"house": settings.HAVRE.OPERATOR_NAME},
        (
            _("Hello %(name)s,") % {"name": mail.facts["first_name"]},
            _("You are invited to work at the desk. Open this page and type the code below."),
            Link(_("Open the invitation"), f"{settings.HAVRE.desk_address}/desk/invitation/{row}"),
            Shown(_("Code of the invitation"), provisional_secret(provisional_key(), row)),
            _(
                "It works until %(until)s, and only once: you choose a password, then a second"
                " step, a passkey or an app for codes."
            )
            % {"until": until},
            _("You did not expect this mail? Do nothing, and tell the person who invites here."),
        ),
    )
