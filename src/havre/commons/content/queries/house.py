"""Our own kinds of content, and what is found in them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from havre.commons.content.queries.published import Published, in_force
from havre.commons.content.rules import checks, searching
from havre.commons.content.rules import emergency as numbers
from havre.commons.content.rules import hours as opening
from havre.commons.content.words.canned import CannedText, CannedTexts
from havre.commons.content.words.conditions import Conditions
from havre.commons.content.words.contacts import Contacts, Hours, Standing
from havre.commons.content.words.downloads import Download, Downloads
from havre.commons.content.words.emergency import Call, Emergency, PublicNumbers, ZoneSeen
from havre.commons.content.words.faq import Faq, Question
from havre.commons.content.words.kinds import Kind
from havre.commons.content.words.security import SecurityInformation
from havre.commons.content.words.zones import Zones

FAQ = Kind("faq", Faq)
DOWNLOADS = Kind("downloads", Downloads, check=checks.downloads, files=checks.files)
CONTACTS = Kind("contacts", Contacts, check=checks.contacts)
SECURITY = Kind("security-information", SecurityInformation)
EMERGENCY = Kind("emergency", Emergency, check=numbers.check)
CONDITIONS = Kind("conditions", Conditions, check=checks.conditions, files=checks.conditions_files)
ZONES = Kind("zones", Zones, check=checks.zones)
CANNED = Kind("canned-texts", CannedTexts)
OWN = (FAQ, DOWNLOADS, CONTACTS, SECURITY, EMERGENCY, CONDITIONS, ZONES, CANNED)


def canned(*, today: date) -> tuple[CannedText, ...]:
    """The texts at hand for whoever answers members, as published."""
    published = in_force(CANNED, today=today)
    return published.document.texts if published else ()


def zones(*, today: date) -> Zones:
    """Where contracts cover, as published; of no zone where nothing is."""
    published = in_force(ZONES, today=today)
    return published.document if published else Zones(())


def standing(hours: Hours, *, at: datetime) -> Standing:
    """Whether somebody answers at a moment, and the opening that goes on or comes next (in UTC)."""
    return opening.standing(hours, at=at)


def open_minutes(hours: Hours, start: datetime, end: datetime) -> int:
    """Minutes of opening hours between two moments."""
    return opening.open_minutes(hours, start, end)


def after_open_minutes(hours: Hours, start: datetime, minutes: int) -> datetime:
    """The moment at which so many minutes of opening hours have gone by."""
    return opening.after_open_minutes(hours, start, minutes)


def find_questions(faq: Published[Faq], *, typed: str, language: str) -> list[Question]:
    """The questions that somebody means, the likeliest first; accents and spelling are forgiven."""
    return searching.search(_questions(faq, language), typed)


def find_downloads(downloads: Published[Downloads], *, typed: str, language: str) -> list[Download]:
    """The same of downloads."""
    return searching.search(_downloads(downloads, language), typed)


def find_countries(named: Iterable[tuple[str, str]], *, typed: str) -> list[str]:
    """The codes of the countries that somebody means, of pairs of code and name."""
    entries = [searching.entry(code, title=name, text=code) for code, name in named]
    return searching.search(entries, typed)


@lru_cache(maxsize=4)
def emergency_zones(published: Published[Emergency]) -> tuple[ZoneSeen, ...]:
    """The zones of expatriation, each with its countries and the numbers that serve there."""
    return numbers.zones(published.document)


def emergency_everywhere(published: Published[Emergency]) -> tuple[Call, ...]:
    """The numbers to call from a country that one does not find."""
    return numbers.everywhere(published.document)


def public_numbers(published: Published[Emergency], *, country: str) -> PublicNumbers | None:
    """What anybody dials in a country, if the house says it."""
    return numbers.public_numbers(published.document, country=country)


# A version is read once a process, so its words are gathered once.
@lru_cache(maxsize=8)
def _questions(faq: Published[Faq], language: str) -> list[searching.Entry[Question]]:
    return [
        searching.entry(
            one,
            title=one.question.said_in(language),
            text=f"{topic.title.said_in(language)} {one.answer.said_in(language)}",
        )
        for topic in faq.document.topics
        for one in topic.questions
    ]


@lru_cache(maxsize=8)
def _downloads(downloads: Published[Downloads], language: str) -> list[searching.Entry[Download]]:
    topics = {topic.id: topic.title.said_in(language) for topic in downloads.document.topics}
    return [
        searching.entry(
            one,
            title=one.title.said_in(language),
            text=f"{topics[one.topic]} {one.about.said_in(language)}",
        )
        for one in downloads.document.downloads
    ]
