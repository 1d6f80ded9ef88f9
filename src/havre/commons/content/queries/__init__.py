"""Everything that reads what the house publishes."""

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
    "FileSeen",
    "Published",
    "Text",
    "VersionSeen",
    "file_parts",
    "forget_published",
    "forget_terms_version",
    "history",
    "html",
    "in_force",
    "terms_version",
    "text_in_force",
    "whole_file",
]
