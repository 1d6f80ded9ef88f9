"""What these mails say. Whether they are still wanted is asked when they leave."""

import re
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.accounts import queries as accounts
from havre.commons.accounts.words import AccountState
from havre.commons.notifications.actions import register_writer
from havre.commons.notifications.words import Leave, Link, MailText, MailToWrite, NoLongerTrue
from havre.commons.privacy import queries as privacy
from havre.commons.privacy.words import ContactChannel, Leaving, Notice
from havre.foundation.db import Actor, Channel, acting

NEWS = "notices.news"
_LINK = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<url>https?://\S+)\)")
_ACTOR = Actor(name="mail", channel=Channel.JOB, purpose="ask whether a mail is wanted")


def register() -> None:
    """Tell the outbox who writes these mails. Called at start-up."""
    register_writer(Notice.REIMBURSEMENT_PAID.mail_kind, _write_paid)
    register_writer(NEWS, _write_news)


def _write_paid(mail: MailToWrite) -> MailText:
    household, person = UUID(mail.about["household"]), UUID(mail.about["person"])
    notice = Notice.REIMBURSEMENT_PAID
    with acting(actor=_ACTOR, household=household):
        unwanted = privacy.unwanted_notices(household=household, person=person)
        state = accounts.account_state(membership=UUID(mail.about["membership"]))
    if notice in unwanted or state is not AccountState.ACTIVE:
        raise NoLongerTrue
    return MailText(
        _("A reimbursement was paid"),
        (
            _hello(mail),
            _("A reimbursement has just been paid on your contract. Its detail is in your space."),
            Link(_("See my reimbursements"), _page(mail, "reimbursements")),
            _("For your privacy this mail says neither the amount nor the care."),
        ),
        _leave(mail, Leaving(household, person, notice=notice)),
    )


def _write_news(mail: MailToWrite) -> MailText:
    household, person = UUID(mail.about["household"]), UUID(mail.about["person"])
    topic = mail.about["topic"]
    with acting(actor=_ACTOR, household=household):
        agreed = privacy.agrees(
            household=household, person=person, topic=topic, channel=ContactChannel.EMAIL
        )
    if not agreed:
        raise NoLongerTrue
    paragraphs = (_block(text) for text in mail.facts["body"].split("\n\n"))
    return MailText(
        mail.facts["subject"],
        (_hello(mail), *paragraphs),
        _leave(mail, Leaving(household, person, topic=topic)),
    )


def _block(text: str) -> str | Link:
    found = _LINK.fullmatch(text)
    return Link(found["label"], found["url"]) if found else text


def _hello(mail: MailToWrite) -> str:
    return _("Hello %(first_name)s,") % {"first_name": mail.facts["first_name"]}


def _leave(mail: MailToWrite, leaving: Leaving) -> Leave:
    stop = f"mails/stop?t={privacy.leaving_token(leaving)}"
    return Leave(
        stop=Link(_("Stop these mails"), _page(mail, stop)),
        choose=Link(_("Choose what we send you"), _page(mail, "profile")),
    )


def _page(mail: MailToWrite, path: str) -> str:
    return f"{settings.HAVRE.BASE_URL}/{mail.language}/{path}"
