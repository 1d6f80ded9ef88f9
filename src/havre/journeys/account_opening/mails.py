"""The mails of an account's beginning: who puts them in the outbox, and what they say."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.actions import CodeSent, IssuedSecret
from havre.commons.accounts.queries import ReviewSeen
from havre.commons.accounts.words import ReviewState
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer, written_moment
from havre.commons.notifications.words import (
    Link,
    MailText,
    MailToWrite,
    NoLongerTrue,
    Shown,
)
from havre.domains.people.queries import Located, PersonSeen
from havre.foundation.crypto import numeric_code, provisional_key, provisional_secret

_NOTICE_LIFE = timedelta(days=7)
_APPROVAL_TRIED_FOR = timedelta(days=30)
APPROVAL_NOTICE = "accounts.notice_of_approval"


def provisional_password(
    located: Located, person: PersonSeen, *, email: str, issued: IssuedSecret, now: datetime
) -> None:
    _put(
        "accounts.provisional_password",
        located.household,
        person,
        email=email,
        subject_key=str(issued.id),
        now=now,
        expires_at=issued.expires_at,
        about={"secret": str(issued.id), "expires_at": issued.expires_at.isoformat()},
    )


def adherent_number(
    located: Located,
    person: PersonSeen,
    *,
    email: str,
    issued: IssuedSecret,
    at: datetime,
    now: datetime,
) -> None:
    """Leaves at another moment, and refers to no other mail."""
    _put(
        "accounts.adherent_number",
        located.household,
        person,
        email=email,
        subject_key=str(issued.id),
        now=now,
        not_before=at,
        expires_at=issued.expires_at,
        facts={"number": person.adherent_number or ""},
    )


def already_open(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """One a day, however often someone asks."""
    _daily("accounts.already_open", located, person, email=email, now=now)


def account_closed(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """The account is there, and closed: whom to call. One a day."""
    _daily("accounts.opening_closed", located, person, email=email, now=now)


def notice_of_attempt(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """Someone gave this number with another person's name or birth date. One a day."""
    _daily("accounts.notice_of_attempt", located, person, email=email, now=now)


def notice_of_review(located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    """Someone gave the right identity with an address that is not on file. One a day."""
    _daily("accounts.notice_of_review", located, person, email=email, now=now)


def notice_of_approval(
    review: ReviewSeen, person: PersonSeen, *, email: str, now: datetime
) -> None:
    """The known address is told; nothing takes effect before this has left, however late."""
    _put(
        APPROVAL_NOTICE,
        review.household,
        person,
        email=email,
        subject_key=str(review.id),
        now=now,
        expires_at=now + _APPROVAL_TRIED_FOR,
        about={"review": str(review.id)},
    )


def email_code(
    household: UUID, person: PersonSeen, *, email: str, code: CodeSent, now: datetime
) -> None:
    _put(
        "accounts.email_code",
        household,
        person,
        email=email,
        subject_key=str(code.id),
        now=now,
        expires_at=code.expires_at,
        about={"code": str(code.id), "expires_at": code.expires_at.isoformat()},
    )


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer("accounts.provisional_password", _write_provisional)
    register_writer("accounts.adherent_number", _write_number)
    register_writer("accounts.already_open", _write_already_open)
    register_writer("accounts.opening_closed", _write_closed)
    register_writer("accounts.notice_of_attempt", _write_attempt)
    register_writer("accounts.notice_of_review", _write_review)
    register_writer(APPROVAL_NOTICE, _write_approval)
    register_writer("accounts.email_code", _write_code)


def _daily(kind: str, located: Located, person: PersonSeen, *, email: str, now: datetime) -> None:
    _put(
        kind,
        located.household,
        person,
        email=email,
        subject_key=f"{located.membership} {now.date().isoformat()}",
        now=now,
        expires_at=now + _NOTICE_LIFE,
    )


def _put(
    kind: str,
    household: UUID,
    person: PersonSeen,
    *,
    email: str,
    subject_key: str,
    now: datetime,
    expires_at: datetime,
    not_before: datetime | None = None,
    about: dict[str, str] | None = None,
    facts: dict[str, str] | None = None,
) -> None:
    put_in_outbox(
        Mail(
            kind=kind,
            subject_key=subject_key,
            language=person.language,
            address=email,
            household=household,
            membership=person.membership,
            not_before=not_before or now,
            expires_at=expires_at,
            about=about or {},
            facts={"first_name": person.first_name, **(facts or {})},
        ),
        now=now,
    )


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _sign_in_link(mail: MailToWrite) -> Link:
    return Link(_("Sign in"), f"{settings.HAVRE.BASE_URL}/{mail.language}/sign-in")


def _not_you() -> str:
    return _("If this was not you, call us: nobody can go further without your mailbox.")


def effect_after_notice(sent_at: datetime) -> datetime:
    """When an approved address takes effect, its notice having left at ``sent_at``."""
    return sent_at + timedelta(minutes=settings.HAVRE.CONTACT_REVIEW_DELAY_MINUTES)


def _until(mail: MailToWrite, key: str) -> str:
    return _moment(datetime.fromisoformat(mail.about[key]), mail.language)


def _moment(moment: datetime, language: str) -> str:
    return written_moment(moment, zone=_zone(), language=language)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)


def _write_provisional(mail: MailToWrite) -> MailText:
    secret = provisional_secret(provisional_key(), UUID(mail.about["secret"]))
    return MailText(
        _("Your provisional password"),
        (
            _hello(mail),
            _("Here is the provisional password that opens your member space for the first time."),
            Shown(_("Provisional password"), secret),
            _(
                "It works until %(until)s, and only once: you will choose a password of your own"
                " with it. Your adherent number is on your member card."
            )
            % {"until": _until(mail, "expires_at")},
            _sign_in_link(mail),
            _("We never ask for a password by phone or by e-mail."),
            _not_you(),
        ),
    )


def _write_number(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your adherent number"),
        (
            _hello(mail),
            _("As a reminder, here is the number that identifies you with us."),
            Shown(_("Adherent number"), mail.facts["number"]),
            _("Keep it at hand: it is asked for when you write, call or sign in."),
        ),
    )


def _write_already_open(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your account is already open"),
        (
            _hello(mail),
            _("Someone, probably you, asked to open your account. It is open already."),
            _("Sign in with your adherent number and the password you chose."),
            _sign_in_link(mail),
            _("If you no longer have your password, ask for a new one under the sign-in fields."),
        ),
    )


def _write_closed(mail: MailToWrite) -> MailText:
    return MailText(
        _("Your account is closed for now"),
        (
            _hello(mail),
            _(
                "Someone, you perhaps, asked to open your account. You have one, and it is closed."
                " Call us or write to us: we check who you are and tell you what comes next."
            ),
            _("If you did not ask for it, you have nothing to do: nothing was changed."),
        ),
    )


def _write_attempt(mail: MailToWrite) -> MailText:
    return MailText(
        _("Someone gave your adherent number"),
        (
            _hello(mail),
            _(
                "Someone asked to open an account with your adherent number, and a name or a birth"
                " date that is not yours. Nothing was opened and nothing was sent to them."
            ),
            _(
                "If it was you, check the spelling of your names and your birth date, then"
                " ask again. If it was not you, you have nothing to do."
            ),
        ),
    )


def _write_review(mail: MailToWrite) -> MailText:
    return MailText(
        _("A request to open your account with another address"),
        (
            _hello(mail),
            _(
                "Someone asked to open your account with an e-mail address that is not the one we"
                " have. We check who it is before anything changes."
            ),
            _("If it was you, we will contact you at a number or an address that we know."),
            _("If it was not you, call us now and we refuse the request."),
        ),
    )


def _write_approval(mail: MailToWrite) -> MailText:
    review = accounts_seen.review_of(review=UUID(mail.about["review"]))
    if review is None or review.state is not ReviewState.APPROVED:
        raise NoLongerTrue
    return MailText(
        _("Your e-mail address with us is about to change"),
        (
            _hello(mail),
            _("After checking your identity we will use another e-mail address from %(when)s.")
            % {"when": _moment(effect_after_notice(mail.now), mail.language)},
            _("If you did not ask for this, call us before then: we stop the change at once."),
        ),
    )


def _write_code(mail: MailToWrite) -> MailText:
    code = numeric_code(provisional_key(), UUID(mail.about["code"]))
    return MailText(
        _("Your confirmation code"),
        (
            _hello(mail),
            _("Type this code on the page where you confirm your e-mail address."),
            Shown(_("Code"), code),
            _("It works until %(until)s.") % {"until": _until(mail, "expires_at")},
            _not_you(),
        ),
    )
