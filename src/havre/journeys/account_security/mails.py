"""What the mails about the safety of an account say."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.actions import ACCOUNT_CHANGED, IssuedSecret
from havre.commons.accounts.words import SecurityChange
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer, written_moment
from havre.commons.notifications.words import Link, MailText, MailToWrite, NoLongerTrue, Shown
from havre.domains.people.queries import Located, PersonSeen
from havre.foundation.crypto import link_token, provisional_key, provisional_secret

_NOTICE_LIFE = timedelta(days=7)


def new_password(
    located: Located, person: PersonSeen, *, email: str, issued: IssuedSecret, now: datetime
) -> None:
    """A provisional password for a forgotten one; the sending job derives it."""
    put_in_outbox(
        Mail(
            kind="accounts.new_password",
            subject_key=str(issued.id),
            language=person.language,
            address=email,
            household=located.household,
            membership=located.membership,
            not_before=now,
            expires_at=issued.expires_at,
            about={"secret": str(issued.id), "expires_at": issued.expires_at.isoformat()},
            facts={"first_name": person.first_name},
        ),
        now=now,
    )


def number_again(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """The adherent number. One a day, however often someone asks."""
    facts = {"number": person.adherent_number or ""}
    _daily("accounts.number_again", located, person, email=email, now=now, facts=facts)


def no_account_yet(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """There is no password to replace: how to open an account. One a day."""
    _daily("accounts.no_account_yet", located, person, email=email, now=now)


def account_closed(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """A new password would open nothing: whom to call. One a day."""
    _daily("accounts.closed", located, person, email=email, now=now)


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(ACCOUNT_CHANGED, _write_change)
    register_writer("accounts.new_password", _write_new_password)
    register_writer("accounts.number_again", _write_number)
    register_writer("accounts.no_account_yet", _write_no_account)
    register_writer("accounts.closed", _write_closed)


def _daily(
    kind: str,
    located: Located,
    person: PersonSeen,
    *,
    email: str,
    now: datetime,
    facts: dict[str, str] | None = None,
) -> None:
    put_in_outbox(
        Mail(
            kind=kind,
            subject_key=f"{located.membership} {now.date().isoformat()}",
            language=person.language,
            address=email,
            household=located.household,
            membership=located.membership,
            not_before=now,
            expires_at=now + _NOTICE_LIFE,
            about={},
            facts={"first_name": person.first_name, **(facts or {})},
        ),
        now=now,
    )


def change_words(change: SecurityChange) -> str:
    """What was changed, as a title: "Your password was changed"."""
    return {
        SecurityChange.PASSWORD: _("Your password was changed"),
        SecurityChange.EMAIL: _("Your e-mail address was changed"),
        SecurityChange.FACTOR_ADDED: _("A second step was added to your sign-in"),
        SecurityChange.FACTOR_REMOVED: _("A second step was removed from your sign-in"),
        SecurityChange.RECOVERY_CODES: _("New recovery codes were made"),
        SecurityChange.RECOVERY_CODE_USED: _("A recovery code was used"),
    }[change]


def _write_change(mail: MailToWrite) -> MailText:
    if not accounts_seen.notice_leaves(notice=UUID(mail.about["notice"])):
        raise NoLongerTrue
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
            _link(_("It was not me"), mail, f"not-me/{token}"),
            _("This link works until %(until)s, and only once. You can call us too.")
            % {"until": _moment(mail, "expires_at")},
        ),
    )


def _write_new_password(mail: MailToWrite) -> MailText:
    secret = provisional_secret(provisional_key(), UUID(mail.about["secret"]))
    return MailText(
        _("A new password"),
        (
            _hello(mail),
            _("You asked for a new password. Here is a provisional one: sign in with it."),
            Shown(_("Provisional password"), secret),
            _(
                "It works until %(until)s, and only once: you choose a password of your own with it."
                " Until then, the password you had goes on working."
            )
            % {"until": _moment(mail, "expires_at")},
            _link(_("Sign in"), mail, "sign-in"),
            _("We never ask for a password by phone or by e-mail."),
            _("If you did not ask for it, you have nothing to do: nothing was changed."),
        ),
    )


def _write_number(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your adherent number"),
        (
            _hello(mail),
            _("You asked for it again: here is the number that identifies you with us."),
            Shown(_("Adherent number"), mail.facts["number"]),
            _("Keep it at hand: it is asked for when you write, call or sign in."),
            _link(_("Sign in"), mail, "sign-in"),
        ),
    )


def _write_no_account(mail: MailToWrite) -> MailText:
    return MailText(
        _("You have no account yet"),
        (
            _hello(mail),
            _(
                "You asked for a new password, and no account was opened with your number yet."
                " Opening one takes two minutes."
            ),
            _link(_("Create my account"), mail, "create-account"),
            _("If you did not ask for it, you have nothing to do: nothing was changed."),
        ),
    )


def _write_closed(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your account is closed for now"),
        (
            _hello(mail),
            _(
                "You asked for a new password. Your account is closed, so a password would open"
                " nothing. Call us or write to us: we check who you are and tell you what comes next."
            ),
            _("If you did not ask for it, you have nothing to do: nothing was changed."),
        ),
    )


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _link(label: str, mail: MailToWrite, path: str) -> Link:
    return Link(label, f"{settings.HAVRE.BASE_URL}/{mail.language}/{path}")


def _moment(mail: MailToWrite, key: str) -> str:
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    return written_moment(
        datetime.fromisoformat(mail.about[key]), zone=zone, language=mail.language
    )
