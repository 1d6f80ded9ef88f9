"""Everything that reads what the house publishes."""

from havre.commons.content.queries.answers import AnswersSeen, answers
from havre.commons.content.queries.house import (
    CONTACTS,
    DOWNLOADS,
    FAQ,
    OWN,
    SECURITY,
    find_downloads,
    find_questions,
    standing,
)
from havre.commons.content.queries.published import (
    FileSeen,
    Published,
    VersionSeen,
    file_parts,
    forget_published,
    history,
    html,
    in_force,
    whole_file,
)
from havre.commons.content.queries.texts import (
    Text,
    forget_terms_version,
    terms_version,
    text_in_force,
)

__all__ = [
    "CONTACTS",
    "DOWNLOADS",
    "FAQ",
    "OWN",
    "SECURITY",
    "AnswersSeen",
    "FileSeen",
    "Published",
    "Text",
    "VersionSeen",
    "answers",
    "file_parts",
    "find_downloads",
    "find_questions",
    "forget_published",
    "forget_terms_version",
    "history",
    "html",
    "in_force",
    "standing",
    "terms_version",
    "text_in_force",
    "whole_file",
]
