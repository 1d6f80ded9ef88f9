"""Our own kinds of content: questions, downloads, contacts, security information."""

from datetime import datetime
from functools import lru_cache

from havre.commons.content.queries.published import Published
from havre.commons.content.rules import checks, searching
from havre.commons.content.rules import hours as opening
from havre.commons.content.words.contacts import Contacts, Hours, Standing
from havre.commons.content.words.downloads import Download, Downloads
from havre.commons.content.words.faq import Faq, Question
from havre.commons.content.words.kinds import Kind
from havre.commons.content.words.security import SecurityInformation

FAQ = Kind("faq", Faq)
DOWNLOADS = Kind("downloads", Downloads, check=checks.downloads, files=checks.files)
CONTACTS = Kind("contacts", Contacts, check=checks.contacts)
SECURITY = Kind("security-information", SecurityInformation)
OWN = (FAQ, DOWNLOADS, CONTACTS, SECURITY)


def standing(hours: Hours, *, at: datetime) -> Standing:
    """Whether somebody answers at a moment, and the opening that goes on or comes next (in UTC)."""
    return opening.standing(hours, at=at)


def find_questions(faq: Published[Faq], *, typed: str, language: str) -> list[Question]:
    """The questions that somebody means, the likeliest first; accents and spelling are forgiven."""
    return searching.search(_questions(faq, language), typed)


def find_downloads(downloads: Published[Downloads], *, typed: str, language: str) -> list[Download]:
    """The same of downloads."""
    return searching.search(_downloads(downloads, language), typed)


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
