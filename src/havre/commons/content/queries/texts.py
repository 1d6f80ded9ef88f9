"""Everything that reads the published texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from time import monotonic

from havre.commons.content.models import LegalText
from havre.commons.content.rules.blocks import Block, BlockKind, blocks
from havre.commons.content.rules.differences import Difference, Mark, differences
from havre.commons.content.words import Slug

__all__ = [
    "Block",
    "BlockKind",
    "Difference",
    "Mark",
    "Text",
    "forget_terms_version",
    "terms_version",
    "text_in_force",
    "texts_of",
]
_FRESH_SECONDS = 60.0
_known: dict[date, tuple[float, str | None]] = {}


@dataclass(frozen=True)
class Text:
    """One version of a text in one language. ``html`` is safe: made from Markdown with HTML off."""

    slug: Slug
    language: str
    version: str
    in_force_from: date
    title: str
    html: str
    sha256: str
    source: str = ""

    def blocks(self) -> list[Block]:
        """The text as blocks of runs, for what prints it."""
        return blocks(self.source)

    def changes_since(self, before: "Text") -> list[Difference]:
        """What changed from an earlier version in the same language."""
        return differences(before.blocks(), self.blocks())


def text_in_force(*, slug: str, language: str, today: date) -> Text | None:
    """The version of a text in force on that day: the newest whose day has come."""
    row = (
        LegalText.objects.filter(slug=slug, language=language, in_force_from__lte=today)
        .order_by("-in_force_from", "-loaded_at")
        .first()
    )
    return _seen(row) if row else None


def texts_of(*, slug: str, versions: Iterable[str]) -> dict[tuple[str, str], Text]:
    """Versions of a text in every language, by version and language. One statement."""
    rows = LegalText.objects.filter(slug=slug, version__in=list(versions))
    return {(row.version, row.language): _seen(row) for row in rows}


def _seen(row: LegalText) -> Text:
    return Text(
        slug=Slug(row.slug),
        language=row.language,
        version=row.version,
        in_force_from=row.in_force_from,
        title=row.title,
        html=row.html,
        sha256=row.sha256,
        source=row.source,
    )


def terms_version(*, today: date) -> str | None:
    """The version of the terms in force, the same in every language; asked for on every page.

    A process remembers it for a minute: a version loaded for today is asked for within that time.
    """
    asked = monotonic()
    known = _known.get(today)
    if known and asked - known[0] < _FRESH_SECONDS:
        return known[1]
    version = (
        LegalText.objects.filter(slug=Slug.TERMS, in_force_from__lte=today)
        .order_by("-in_force_from", "-loaded_at")
        .values_list("version", flat=True)
        .first()
    )
    _known.clear()
    _known[today] = (asked, version)
    return version


def forget_terms_version() -> None:
    """Read it again at the next page (a process that has just loaded a new one, and tests)."""
    _known.clear()
