"""What the types of our own kinds cannot say."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import available_timezones

from havre.commons.content.words.contacts import Contacts, Hours
from havre.commons.content.words.downloads import Downloads
from havre.commons.content.words.kinds import Place, Problem


def contacts(document: Contacts) -> Iterator[Problem]:
    for rank, contact in enumerate(document.contacts):
        place = ("contacts", rank)
        if not (contact.phone or contact.email or contact.post):
            yield Problem(place, "has neither phone, nor email, nor post")
        if contact.hours:
            yield from hours_problems(contact.hours, (*place, "hours"))


def downloads(document: Downloads) -> Iterator[Problem]:
    topics = {topic.id for topic in document.topics}
    for rank, one in enumerate(document.downloads):
        place = ("downloads", rank)
        if one.topic not in topics:
            yield Problem((*place, "topic"), f"{one.topic} is none of the topics")
        if not _is_day(one.dated):
            yield Problem((*place, "dated"), f"{one.dated} is no day")
        languages = [paper.language for paper in one.papers]
        if not languages or len(languages) > len(set(languages)):
            yield Problem((*place, "papers"), "a paper in French, one in English, or both")


def files(document: Downloads) -> Iterator[tuple[Place, str]]:
    for rank, one in enumerate(document.downloads):
        for count, paper in enumerate(one.papers):
            yield ("downloads", rank, "papers", count, "file"), paper.file


def hours_problems(hours: Hours, place: Place) -> Iterator[Problem]:
    if hours.zone not in available_timezones():
        yield Problem((*place, "zone"), f"{hours.zone} is no time zone such as Europe/Paris")
    for rank, opening in enumerate(hours.week):
        if opening.opens >= opening.closes:
            yield Problem((*place, "week", rank), "closes before it opens")
    for rank, closing in enumerate(hours.closed):
        # 29 February every year is a day too: 2028 has one.
        if not _is_day(closing.day if len(closing.day) == 10 else f"2028-{closing.day}"):
            yield Problem((*place, "closed", rank, "day"), f"{closing.day} is no day")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
