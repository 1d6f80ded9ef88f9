"""Everything that reads what people chose."""

from collections.abc import Iterable
from functools import cache, partial
from importlib.resources import files
from uuid import UUID

from havre.commons.privacy.models import Consent, NoticeChoice
from havre.commons.privacy.rules import leaving as links
from havre.commons.privacy.rules.topics import read_topics
from havre.commons.privacy.words import Choice, ContactChannel, Leaving, Notice, Topic, Via
from havre.foundation.crypto import link_signature, provisional_key


@cache
def topics() -> tuple[Topic, ...]:
    """What is told with agreement only, in the order in which it is offered."""
    return read_topics((files("havre.commons.privacy") / "topics.toml").read_text("utf-8"))


def choices_of(*, household: UUID, person: UUID) -> list[Choice]:
    """Every choice that someone made, the latest first: the proof, and the history. One statement."""
    rows = Consent.objects.filter(household_id=household, person_id=person).order_by("-id")
    return [_choice(row) for row in rows]


def in_force(choices: Iterable[Choice]) -> dict[tuple[str, ContactChannel], Choice]:
    """The latest choice of each topic and channel, of choices the latest first."""
    found: dict[tuple[str, ContactChannel], Choice] = {}
    for choice in choices:
        found.setdefault((choice.topic, choice.channel), choice)
    return found


def agrees(*, household: UUID, person: UUID, topic: str, channel: ContactChannel) -> bool:
    """Whether someone agrees today. One statement."""
    mine = Consent.objects.filter(household_id=household, person_id=person)
    latest = mine.filter(topic=topic, channel=channel).order_by("-id").first()
    return latest is not None and latest.given


def who_agrees(*, topic: str, channel: ContactChannel) -> list[UUID]:
    """The persons who agree today, over all households: needs the batch role. One statement."""
    latest = (
        Consent.objects.filter(topic=topic, channel=channel)
        .order_by("person_id", "-id")
        .distinct("person_id")
        .values_list("person_id", "given")
    )
    return [person for person, given in latest if given]


def unwanted_notices(*, household: UUID, person: UUID) -> frozenset[Notice]:
    """The notices that someone does without. One statement."""
    rows = NoticeChoice.objects.filter(household_id=household, person_id=person, wanted=False)
    return frozenset(map(Notice, rows.values_list("notice", flat=True)))


def leaving_token(leaving: Leaving) -> str:
    """What stands in the link that stops a kind of mail: see ``rules/leaving.py``."""
    return links.token_of(leaving, sign=partial(link_signature, provisional_key()))


def read_leaving_token(token: str) -> Leaving | None:
    """What a token stops, or none where this house did not make it."""
    return links.read_token(token, sign=partial(link_signature, provisional_key()))


def _choice(row: Consent) -> Choice:
    return Choice(
        id=row.id,
        topic=row.topic,
        channel=ContactChannel(row.channel),
        given=row.given,
        at=row.at,
        via=Via(row.via),
        text_version=row.text_version,
    )
