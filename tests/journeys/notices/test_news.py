"""News go to those who agreed to their topic by e-mail, once, and to nobody else."""

from typing import Any

import pytest
from django.core import mail as sent_mails

from havre.commons.notifications.actions import outbox as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.commons.notifications.words import MailState
from havre.commons.privacy.models import Consent
from havre.domains.people.models import Person
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from havre.journeys.notices.mails import NEWS
from havre.journeys.notices.news import Counts, News, WrongNews, read_news, send_news
from tests.builders import NOW, a_member
from tests.database import acting_as

pytestmark = pytest.mark.django_db
TEXT = """---
id: autumn-2026
topic: EVENTS
subject_fr: Une rencontre à Lima
subject_en: A meeting in Lima
---

## fr

Nous nous voyons le 3 décembre.

## en

We meet on 3 December.

[Come along](https://example.org/lima)
"""


def agree(
    person: Person, *, topic: str = "EVENTS", channel: str = "EMAIL", given: bool = True
) -> None:
    with acting_as(Role.OWNER):
        mine = Consent.objects.filter(person_id=person.id, topic=topic, channel=channel)
        before = mine.order_by("-id").first()
        Consent.objects.create(
            id=new_id(),
            household_id=person.household_id,
            person_id=person.id,
            topic=topic,
            channel=channel,
            given=given,
            at=NOW,
            via="ONLINE",
            text_version="1.0",
            language="en",
            wording_sha256="x",
            follows=before.id if before else None,
        )


def a_reader(**changes: Any) -> Person:
    return a_member(**{"email": "someone@example.org", "language": "en", **changes})[0]


def sent(*, dry_run: bool = False, news: News | None = None) -> Counts:
    with acting_as(Role.WORKER):
        return send_news(news or read_news(TEXT), dry_run=dry_run, now=NOW)


def outbox() -> list[OutgoingMail]:
    with acting_as(Role.WORKER):
        return list(OutgoingMail.objects.filter(kind=NEWS))


def test_only_those_who_agreed_to_this_topic_by_mail() -> None:  # W45 S7 W43
    reader, withdrew = a_reader(), a_reader()
    agree(reader)
    agree(withdrew)
    agree(withdrew, given=False)
    agree(a_reader(), topic="PREVENTION")
    agree(a_reader(), channel="POST")
    agree(a_reader(email=None))
    a_reader()
    assert sent() == Counts(agreed=2, without_address=1, already=0, to_send=1)
    (row,) = outbox()
    assert row.household_id == reader.household_id


def test_a_dry_run_counts_and_sends_nothing() -> None:
    agree(a_reader())
    assert sent(dry_run=True).to_send == 1
    assert outbox() == []


def test_the_same_id_is_sent_to_nobody_twice() -> None:
    agree(a_reader())
    sent()
    agree(a_reader())
    assert sent() == Counts(agreed=2, without_address=0, already=1, to_send=1)
    assert len(outbox()) == 2


def test_agreement_is_asked_again_when_it_leaves() -> None:  # W45
    reader, other = a_reader(), a_reader()
    agree(reader)
    agree(other)
    sent()
    agree(other, given=False)
    rows = outbox()
    with acting_as(Role.WORKER):
        states = {row.household_id: notifications.send(mail_id=row.id, now=NOW) for row in rows}
    assert states == {reader.household_id: MailState.SENT, other.household_id: MailState.EXPIRED}
    (mail,) = sent_mails.outbox
    assert mail.subject == "A meeting in Lima"
    assert "Come along\nhttps://example.org/lima" in str(mail.body)
    assert "/en/mails/stop?t=" in str(mail.body)


def test_many_leave_little_by_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "SWEPT_AT_ONCE", 1)
    for _reader in range(3):
        agree(a_reader())
    sent()
    minutes = sorted((row.not_before - NOW).seconds // 60 for row in outbox())
    assert minutes == [0, 1, 2]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("topic: EVENTS", "topic: PARTNERS"), "PARTNERS is no topic"),
        (("id: autumn-2026\n", ""), "lacks id"),
        (("## en", "## es"), "## fr and ## en"),
    ],
)
def test_a_file_that_cannot_be_sent_says_why(change: tuple[str, str], why: str) -> None:
    with pytest.raises(WrongNews, match=why):
        read_news(TEXT.replace(*change))
