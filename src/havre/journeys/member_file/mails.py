"""The mails of what the desk does with an account."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts.actions import IssuedSecret
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer
from havre.commons.notifications.words import MailText, MailToWrite
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import Contact

_LIFE = timedelta(days=7)
_CHANGED = "member_file.email_changed"
_CONTACT = "member_file.contact_changed"
# Written by the journeys that know their words: the same mail, whoever asked for it.
_PASSWORD, _RESTORED = "accounts.new_password", "accounts.restored"  # a kind of mail


def password(
    household: UUID, person: PersonSeen, *, email: str, issued: IssuedSecret, now: datetime
) -> None:
    """A provisional password; the sending job derives it."""
    about = {"secret": str(issued.id), "expires_at": issued.expires_at.isoformat()}
    _put(_PASSWORD, str(issued.id), household, person, email, now, issued.expires_at, about)


def restored(household: UUID, person: PersonSeen, *, now: datetime) -> None:
    """The account is open again, and its password is gone. One a day."""
    if person.email:
        key = f"{person.membership} {now.date().isoformat()}"
        _put(_RESTORED, key, household, person, person.email, now, now + _LIFE, {})


def email_changed(
    household: UUID, person: PersonSeen, *, email: str, change: UUID, now: datetime
) -> None:
    """To the address before: another is on file. It names neither."""
    _put(_CHANGED, str(change), household, person, email, now, now + _LIFE, {})


def contact_changed(
    household: UUID, person: PersonSeen, *, what: Contact, key: str, now: datetime
) -> None:
    """Something of how a member is reached was changed for them: what, and neither value."""
    if person.email and person.deceased_on is None:
        about = {"what": what.value}
        _put(_CONTACT, key, household, person, person.email, now, now + _LIFE, about)


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(_CONTACT, _write_contact)
    register_writer(_CHANGED, _write_changed)


def _put(  # what a mail is made of
    kind: str,
    key: str,
    household: UUID,
    person: PersonSeen,
    email: str,
    now: datetime,
    expires_at: datetime,
    about: dict[str, str],
) -> None:
    put_in_outbox(
        Mail(
            kind=kind,
            subject_key=key,
            language=person.language,
            address=email,
            household=household,
            membership=person.membership,
            not_before=now,
            expires_at=expires_at,
            about=about,
            facts={"first_name": person.first_name},
        ),
        now=now,
    )


def _write_changed(mail: MailToWrite) -> MailText:
    phone = settings.HAVRE.OPERATOR_PHONE
    return MailText(
        _("Your e-mail address was changed"),
        (
            _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]},
            _(
                "As we were asked, we replaced the e-mail address that we had for you. This mail goes to the"
                " address before, and is the last one to reach it."
            ),
            _("For %(hours)d hours no provisional password is sent to the new address.")
            % {"hours": settings.HAVRE.EMAIL_CHANGE_HOURS},
            _("If you did not ask for it, call us at once: %(phone)s.") % {"phone": phone},
        ),
    )


def _write_contact(mail: MailToWrite) -> MailText:
    said = {
        Contact.PHONE: _("As we were asked, we changed the telephone number that we have for you."),
        Contact.ADDRESS: _("As we were asked, we changed your correspondence address."),
        Contact.LANGUAGE: _("As we were asked, we write to you in this language from now on."),
        Contact.EXPATRIATION_COUNTRY: _(
            "As we were asked, we changed your country of expatriation."
        ),
    }[Contact(mail.about["what"])]
    phone = settings.HAVRE.OPERATOR_PHONE
    return MailText(
        _("Your personal information was changed"),
        (
            _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]},
            said,
            _("You read it in your space, under “Personal information”, with how it was asked."),
            _("If you did not ask for it, call us at once: %(phone)s.") % {"phone": phone},
        ),
    )
