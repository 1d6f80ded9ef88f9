"""The mails of confidentiality: that somebody decided, and never a word of care."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer
from havre.commons.notifications.words import Link, MailText, MailToWrite
from havre.domains.people.queries import PersonSeen

_LIFE = timedelta(days=7)
_SHARED = "confidentiality.shared"
_NO_LONGER_SHARED = "confidentiality.no_longer_shared"
_CAME_OF_AGE = "confidentiality.came_of_age"


def shared(household: UUID, person: PersonSeen, reader: PersonSeen, *, now: datetime) -> None:
    _tell(_SHARED, household, person, reader, now=now)


def no_longer_shared(
    household: UUID, person: PersonSeen, reader: PersonSeen, *, now: datetime
) -> None:
    _tell(_NO_LONGER_SHARED, household, person, reader, now=now)


def came_of_age(household: UUID, person: PersonSeen, *, now: datetime) -> None:
    """Once, whenever it is asked."""
    _put(_CAME_OF_AGE, household, person, subject_key=str(person.membership), now=now)


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(_SHARED, _write_shared)
    register_writer(_NO_LONGER_SHARED, _write_no_longer_shared)
    register_writer(_CAME_OF_AGE, _write_came_of_age)


def _tell(
    kind: str, household: UUID, person: PersonSeen, reader: PersonSeen, *, now: datetime
) -> None:
    """One a day, however often someone changes their mind; nobody is told without an address."""
    if reader.email:
        key = f"{person.id} {reader.id} {now.date().isoformat()}"
        _put(kind, household, reader, subject_key=key, now=now, who=person.first_name)


def _put(
    kind: str,
    household: UUID,
    to: PersonSeen,
    *,
    subject_key: str,
    now: datetime,
    who: str = "",
) -> None:
    put_in_outbox(
        Mail(
            kind=kind,
            subject_key=subject_key,
            language=to.language,
            address=to.email or "",
            household=household,
            membership=to.membership,
            not_before=now,
            expires_at=now + _LIFE,
            about={},
            facts={"first_name": to.first_name, "who": who},
        ),
        now=now,
    )


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _link(mail: MailToWrite) -> Link:
    return Link(
        _("Who sees my care"), f"{settings.HAVRE.BASE_URL}/{mail.language}/who-sees-my-care"
    )


def _write_shared(mail: MailToWrite) -> MailText:
    who = {"name": mail.facts["who"]}
    return MailText(
        _("%(name)s now shares with you") % who,
        (
            _hello(mail),
            _("%(name)s chose to let you see their reimbursements in your member space.") % who,
            _("You have nothing to do, and nothing of yours is shown in return."),
            _link(mail),
        ),
    )


def _write_no_longer_shared(mail: MailToWrite) -> MailText:
    who = {"name": mail.facts["who"]}
    return MailText(
        _("%(name)s no longer shares with you") % who,
        (
            _hello(mail),
            _("%(name)s chose to keep their reimbursements to themselves again.") % who,
            _("Amounts still add up in your member space. You have nothing to do."),
            _link(mail),
        ),
    )


def _write_came_of_age(mail: MailToWrite) -> MailText:
    return MailText(
        _("You are of age: you choose who sees your care"),
        (
            _hello(mail),
            _(
                "You have come of age. Your reimbursements are now yours alone: the other adults of"
                " your household see amounts, and no longer what they were for."
            ),
            _(
                "If you wish, you can let one of them see more, and change your mind at any time."
                " You need an account of your own: the holder of the contract can ask for your"
                " adherent number."
            ),
            _link(mail),
        ),
    )
