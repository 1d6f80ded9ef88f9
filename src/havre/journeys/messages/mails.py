"""The mail that says an answer waits. It never says what is in it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts import queries as accounts
from havre.commons.accounts.words import AccountState
from havre.commons.messaging import queries as messages
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.notifications.actions import Mail, put_in_outbox, register_writer
from havre.commons.notifications.words import Leave, Link, MailText, MailToWrite, NoLongerTrue
from havre.commons.privacy import queries as privacy
from havre.commons.privacy.words import Leaving, Notice
from havre.domains.people.queries import PersonSeen
from havre.foundation.db import Actor, Channel, acting

_NOTICE = Notice.MESSAGE_WAITING
_LIFE = timedelta(days=7)
_ACTOR = Actor(name="mail", channel=Channel.JOB, purpose="ask whether an answer still waits")


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(_NOTICE.mail_kind, _write)


def answer_waits(
    conversation: ConversationSeen,
    member: PersonSeen,
    *,
    number: int,
    at_once: bool,
    now: datetime,
) -> None:
    """Tell by mail of an answer that stays unread for a while; ``at_once`` where nobody waits for it on
    screen. Needs a transaction. Without an address nothing is sent."""
    if not member.email:
        return
    wait = timedelta(minutes=0 if at_once else settings.HAVRE.MESSAGE_MAIL_MINUTES)
    mail = Mail(
        kind=_NOTICE.mail_kind,
        subject_key=f"{conversation.id} {number}",
        language=member.language,
        address=member.email,
        household=conversation.household,
        membership=conversation.membership,
        not_before=now + wait,
        expires_at=now + _LIFE,
        about={
            "household": str(conversation.household),
            "person": str(member.id),
            "membership": str(conversation.membership),
            "conversation": str(conversation.id),
            "number": str(number),
        },
        facts={"first_name": member.first_name},
    )
    put_in_outbox(mail, now=now)


def _write(mail: MailToWrite) -> MailText:
    household, person = UUID(mail.about["household"]), UUID(mail.about["person"])
    conversation = UUID(mail.about["conversation"])
    if not _still_true(mail, household, person, conversation):
        raise NoLongerTrue
    return MailText(
        _("An answer waits for you"),
        (
            _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]},
            _("We have answered your message. The answer is in your space."),
            Link(_("Read the answer"), _page(mail, f"messages/{conversation}")),
            _("For your privacy this mail does not repeat what was written."),
        ),
        Leave(
            stop=Link(_("Stop these mails"), _page(mail, _stop(household, person))),
            choose=Link(_("Choose what we send you"), _page(mail, "profile")),
        ),
    )


def _still_true(mail: MailToWrite, household: UUID, person: UUID, conversation: UUID) -> bool:
    """Unread, wanted, and the first of those unread: several answers in a row are one mail."""
    with acting(actor=_ACTOR, household=household):
        first = messages.first_unread_by_member(household=household, conversation=conversation)
        unwanted = privacy.unwanted_notices(household=household, person=person)
        state = accounts.account_state(membership=UUID(mail.about["membership"]))
    return (
        first == int(mail.about["number"])
        and _NOTICE not in unwanted
        and state is AccountState.ACTIVE
    )


def _stop(household: UUID, person: UUID) -> str:
    return f"mails/stop?t={privacy.leaving_token(Leaving(household, person, notice=_NOTICE))}"


def _page(mail: MailToWrite, path: str) -> str:
    return f"{settings.HAVRE.BASE_URL}/{mail.language}/{path}"
