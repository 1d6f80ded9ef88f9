"""What the mails about the safety of an account say."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts.actions import ACCOUNT_CHANGED
from havre.commons.accounts.words import SecurityChange
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer, written_moment
from havre.commons.notifications.words import Link, MailText, MailToWrite
from havre.domains.people.queries import PersonSeen
from havre.foundation.crypto import link_token, provisional_key

RESTORED = "accounts.restored"
_NOTICE_LIFE = timedelta(days=7)


def restored(
    household: UUID, person: PersonSeen, *, email: str, account: UUID, now: datetime
) -> None:
    """The account is open again, and its password is gone."""
    put_in_outbox(
        Mail(
            kind=RESTORED,
            subject_key=f"{account} {now.isoformat()}",
            language=person.language,
            address=email,
            household=household,
            not_before=now,
            expires_at=now + _NOTICE_LIFE,
            about={},
            facts={"first_name": person.first_name},
        ),
        now=now,
    )


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(ACCOUNT_CHANGED, _write_change)
    register_writer(RESTORED, _write_restored)


def change_words(change: SecurityChange) -> str:
    """What was changed, as a title: "Your password was changed"."""
    return {
        SecurityChange.PASSWORD: _("Your password was changed"),
        SecurityChange.EMAIL: _("Your e-mail address was changed"),
        SecurityChange.FACTOR_ADDED: _("A second step was added to your sign-in"),
        SecurityChange.FACTOR_REMOVED: _("A second step was removed from your sign-in"),
        SecurityChange.RECOVERY_CODES: _("New recovery codes were made"),
    }[change]


def _write_change(mail: MailToWrite) -> MailText:
    change = SecurityChange(mail.about["change"])
    token = link_token(provisional_key(), UUID(mail.about["notice"]))
    return MailText(
        change_words(change),
        (
            _("Hello,"),
            _("%(change)s in your member space, on %(when)s.")
            % {"change": change_words(change), "when": _moment(mail, "at")},
            _("If it was you, you have nothing to do."),
            _(
                "If it was not you, open the page below. It says what happened, and one button"
                " closes your account at once to everybody, until we have looked at it with you."
            ),
            Link(_("It was not me"), f"{settings.HAVRE.BASE_URL}/{mail.language}/not-me/{token}"),
            _("This link works until %(until)s, and only once. You can call us too.")
            % {"until": _moment(mail, "expires_at")},
        ),
    )


def _write_restored(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your account is open again"),
        (
            _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]},
            _(
                "We checked with you who you are, and your account is open again. The password it"
                " had no longer works: ask for a new one under the sign-in fields."
            ),
            Link(_("Sign in"), f"{settings.HAVRE.BASE_URL}/{mail.language}/sign-in"),
            _("We never ask for a password by phone or by e-mail."),
        ),
    )


def _moment(mail: MailToWrite, key: str) -> str:
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    return written_moment(
        datetime.fromisoformat(mail.about[key]), zone=zone, language=mail.language
    )
