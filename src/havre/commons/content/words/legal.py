from havre.commons.content.words import Slug
from havre.commons.content.words.kinds import Bilingual, Kind, Line, Part, Prose


class LegalDocument(Part, frozen=True):
    """One version of a legal text in both languages. ``version`` is how the house calls it."""

    version: Line
    title: Bilingual
    text: Prose


LEGAL = {slug.value: Kind(slug.value, LegalDocument) for slug in Slug}
"""Each legal text as a kind of content, for those who edit it; it is kept by language (``LegalText``)."""
