"""What the types of our own kinds cannot say."""

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import available_timezones

from havre.commons.content.words.conditions import Conditions, ConditionsPaper
from havre.commons.content.words.contacts import Contacts, Hours
from havre.commons.content.words.downloads import Downloads, Paper
from havre.commons.content.words.kinds import Place, Problem
from havre.commons.content.words.zones import Zones
from havre.foundation.addresses import countries


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
        yield from _papers(one.papers, place)


def files(document: Downloads) -> Iterator[tuple[Place, str]]:
    for rank, one in enumerate(document.downloads):
        for count, paper in enumerate(one.papers):
            yield ("downloads", rank, "papers", count, "file"), paper.file


def conditions(document: Conditions) -> Iterator[Problem]:
    for rank, one in enumerate(document.conditions):
        place = ("conditions", rank)
        days = {"applies_from": one.applies_from, "applies_until": one.applies_until}
        wrong = [name for name, day in days.items() if day and not _is_day(day)]
        for name in wrong:
            yield Problem((*place, name), f"{days[name]} is no day")
        if not wrong and one.last_day and one.last_day < one.first_day:
            yield Problem((*place, "applies_until"), "is before the day from which they apply")
        yield from _papers(one.papers, place)


def conditions_files(document: Conditions) -> Iterator[tuple[Place, str]]:
    for rank, one in enumerate(document.conditions):
        for count, paper in enumerate(one.papers):
            yield ("conditions", rank, "papers", count, "file"), paper.file


def zones(document: Zones) -> Iterator[Problem]:
    """Zones follow each other from 1 on, and a country stands in the lowest of those that cover it."""
    known = countries()
    told: dict[str, int] = {}
    for rank, one in enumerate(document.zones):
        if one.zone != rank + 1:
            yield Problem(("zones", rank, "zone"), f"zone {rank + 1} is expected here")
        for at, country in enumerate(one.countries):
            place = ("zones", rank, "countries", at)
            if country not in known:
                yield Problem(place, f"{country} is the code of no country")
            if country in told:
                yield Problem(place, f"{country} is in zone {told[country]} already")
            told.setdefault(country, one.zone)


def _papers(papers: Iterable[Paper] | Iterable[ConditionsPaper], place: Place) -> Iterator[Problem]:
    languages = [paper.language for paper in papers]
    if not languages or len(languages) > len(set(languages)):
        yield Problem((*place, "papers"), "a paper in French, one in English, or both")


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
