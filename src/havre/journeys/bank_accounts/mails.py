"""What the mails about bank accounts say. Of the number, the last four characters."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.notifications.actions import register_writer, written_moment
from havre.commons.notifications.words import Link, MailText, MailToWrite
from havre.domains.payments.actions import ACCOUNT_CHANGED, ACCOUNT_STOPPED
from havre.foundation.crypto import link_token, provisional_key
from havre.foundation.identifiers import MASK


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(ACCOUNT_CHANGED, _write_changed)
    register_writer(ACCOUNT_STOPPED, _write_stopped)


def _write_changed(mail: MailToWrite) -> MailText:
    token = link_token(provisional_key(), UUID(mail.about["account"]))
    return MailText(
        _("Your refunds will go to another bank account"),
        (
            _hello(mail),
            _(
                "From %(from)s, your refunds in %(currency)s go to the account that ends in %(ending)s."
                " Until then, nothing changes."
            )
            % {
                "from": _moment(mail, "usable_from"),
                "currency": mail.facts["currency"],
                "ending": _ending(mail),
            },
            _("If it is yours, you have nothing to do."),
            _(
                "If you do not know this account, open the page below. One button stops the change, and"
                " we look at it with you."
            ),
            Link(
                _("I do not know this account"),
                f"{settings.HAVRE.BASE_URL}/{mail.language}/stop-account/{token}",
            ),
            (_by_post() if mail.by_post else _by_mail()) % {"until": _moment(mail, "stop_until")},
        ),
    )


def _write_stopped(mail: MailToWrite) -> MailText:
    return MailText(
        _("A change of bank account was stopped"),
        (
            _hello(mail),
            _("Nothing more goes to the account that ends in %(ending)s.")
            % {"ending": _ending(mail)},
            _(
                "Your refunds in %(currency)s go again to the account they went to before; if there was"
                " none, they wait until you give us one. We look at what happened, and write or call."
            )
            % {"currency": mail.facts["currency"]},
        ),
    )


def _by_mail() -> str:
    return _(
        "This link works until %(until)s, and only once. We send this mail to every address we"
        " had for you lately. You can call us too."
    )


def _by_post() -> str:
    return _(
        "This address works until %(until)s, and only once. Without a computer, or later, call us: we"
        " stop the change with you."
    )


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _ending(mail: MailToWrite) -> str:
    """``•••• 4471 (Banque du Large)``."""
    shown = f"{MASK * 4}\N{NO-BREAK SPACE}{mail.facts['ending']}"
    return f"{shown} ({mail.facts['bank']})" if mail.facts["bank"] else shown


def _moment(mail: MailToWrite, key: str) -> str:
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    return written_moment(
        datetime.fromisoformat(mail.about[key]), zone=zone, language=mail.language
    )
