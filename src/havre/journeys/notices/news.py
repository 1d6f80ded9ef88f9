"""News to those who agreed to them by e-mail, and to nobody else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from havre.commons.notifications import queries as notifications
from havre.commons.notifications.actions import Mail, put_many_in_outbox
from havre.commons.privacy import queries as privacy
from havre.commons.privacy.words import ContactChannel
from havre.domains.people import queries as people
from havre.domains.people.queries import Addressee
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.refusals import Refusal
from havre.journeys.notices.mails import NEWS

LANGUAGES = ("fr", "en")
_FILE = re.compile(
    r"\A---\n(?P<head>.*?)\n---\n+## fr\n(?P<fr>.*?)\n## en\n(?P<en>.*)\Z", re.DOTALL
)
_ACTOR = Actor(name="havre news send", channel=Channel.COMMAND, purpose="send news agreed to")
_TRIED_FOR = timedelta(days=7)
_AT_ONCE = 500
Progress = Callable[[int, int], None]


class WrongNews(Refusal):
    """The file cannot be sent; says why."""


@dataclass(frozen=True)
class News:
    """``id`` names it for ever: it is sent to nobody twice. Subject and body are by language."""

    id: str
    topic: str
    subject: Mapping[str, str]
    body: Mapping[str, str]


@dataclass(frozen=True)
class Counts:
    """``agreed`` are the persons; of them ``without_address``, ``already`` sent to, and ``to_send``."""

    agreed: int
    without_address: int
    already: int
    to_send: int


def read_news(text: str) -> News:
    """The news of a file: a head (id, topic, subject_fr, subject_en), then ``## fr`` and ``## en``.

    Refuses with :class:`WrongNews`.
    """
    found = _FILE.match(text.replace("\r\n", "\n"))
    if found is None:
        raise WrongNews("The file needs a head between two lines ---, then ## fr and ## en.")
    pairs = (line.partition(":") for line in found["head"].splitlines() if line.strip())
    head = {key.strip(): value.strip() for key, _colon, value in pairs}
    for key in ("id", "topic", "subject_fr", "subject_en"):
        if not head.get(key):
            raise WrongNews(f"The head lacks {key}.")
    topics = [topic.id for topic in privacy.topics()]
    if head["topic"] not in topics:
        raise WrongNews(f"{head['topic']} is no topic. The topics are {', '.join(topics)}.")
    return News(
        id=head["id"],
        topic=head["topic"],
        subject={language: head[f"subject_{language}"] for language in LANGUAGES},
        body={language: found[language].strip() for language in LANGUAGES},
    )


def send_news(
    news: News, *, dry_run: bool, now: datetime, on_progress: Progress | None = None
) -> Counts:
    """Put a mail in the outbox for each who agrees to the topic by e-mail and was not sent this one.

    Whether they still agree is asked again when it leaves. Needs the worker's user of the database.
    """
    with acting(actor=_ACTOR, role=Role.BATCH):
        agreed = privacy.who_agrees(topic=news.topic, channel=ContactChannel.EMAIL)
        found = people.addressees(people=agreed, there_on=now.date())
    keys = {_key(news, one) for one in found}
    with acting(actor=_ACTOR):
        known = notifications.known_subjects(kind=NEWS, subject_keys=keys)
    waiting = [one for one in found if _key(news, one) not in known]
    if not dry_run:
        with acting(actor=_ACTOR, role=Role.BATCH):
            put_many_in_outbox(_told(news, waiting, now, on_progress), now=now)
    return Counts(
        agreed=len(agreed),
        without_address=len(agreed) - len(found),
        already=len(found) - len(waiting),
        to_send=len(waiting),
    )


def _told(
    news: News, waiting: list[Addressee], now: datetime, on_progress: Progress | None
) -> list[Mail]:
    mails = []
    for place, one in enumerate(waiting, 1):
        mails.append(_mail(news, one, now=now))
        if on_progress and (place % _AT_ONCE == 0 or place == len(waiting)):
            on_progress(place, len(waiting))
    return mails


def _mail(news: News, one: Addressee, *, now: datetime) -> Mail:
    language = one.language if one.language in LANGUAGES else "en"
    return Mail(
        kind=NEWS,
        subject_key=_key(news, one),
        language=language,
        address=one.email,
        household=one.household,
        membership=one.membership,
        not_before=now,
        expires_at=now + _TRIED_FOR,
        about={
            "household": str(one.household),
            "person": str(one.person),
            "topic": news.topic,
        },
        facts={
            "first_name": one.first_name,
            "subject": news.subject[language],
            "body": news.body[language],
        },
    )


def _key(news: News, one: Addressee) -> str:
    return f"{news.id} {one.membership}"
