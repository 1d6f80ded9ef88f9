"""Publishing texts: a version is loaded once, in every language, and never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from havre.commons.content.models import LegalText
from havre.commons.content.queries.texts import forget_terms_version
from havre.commons.content.rules.texts import LANGUAGES, SourceText, WrongText, read_text
from havre.commons.content.words import Slug
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

__all__ = ["LANGUAGES", "Loaded", "TextChanged", "WrongText", "load_texts", "read_texts"]
_EDITOR = Actor(name="content load", channel=Channel.COMMAND, purpose="publish texts")


class TextChanged(Refusal):
    """A version that is loaded already comes with another text: someone may have accepted it."""


@dataclass(frozen=True)
class Loaded:
    """How many texts were new, and how many were there already."""

    new: int
    same: int


def read_texts(folder: Path, *, facts: Mapping[str, Mapping[str, str]]) -> list[SourceText]:
    """The texts of a folder's ``<slug>.<language>.md`` files; ``facts`` by language fill their blanks.

    Refuses with :class:`WrongText`, naming the file.
    """
    paths = sorted(folder.glob("*.md"))
    if not paths:
        raise WrongText(f"{folder}: holds no text (SLUG.LANGUAGE.md)")
    return [_read(path, facts) for path in paths]


def load_texts(*, texts: Sequence[SourceText], now: datetime) -> Loaded:
    """Publish the texts, all or none. The same text again changes nothing. Opens a transaction.

    Refuses with :class:`TextChanged` when a version is there with another text or day, and with
    :class:`WrongText` when it does not come in both languages for the same day.
    """
    with acting(actor=_EDITOR, role=Role.EDITOR):
        new = add_texts(texts, now=now)
    forget_terms_version()
    return Loaded(new=len(new), same=len(texts) - len(new))


def add_texts(texts: Sequence[SourceText], *, now: datetime, author: str = "") -> list[SourceText]:
    """The same inside the caller's transaction, as the editor; gives those that were new."""
    new = new_texts(texts)
    LegalText.objects.bulk_create([_row(text, now=now, author=author) for text in new])
    return new


def new_texts(texts: Sequence[SourceText]) -> list[SourceText]:
    """Those that are not published yet. Refuses as :func:`load_texts` does."""
    _check_languages(texts)
    published = {
        (row.slug, row.version, row.language): row
        for row in LegalText.objects.filter(slug__in={text.slug for text in texts})
    }
    return [text for text in texts if _is_new(text, published.get(_key(text)))]


def _read(path: Path, facts: Mapping[str, Mapping[str, str]]) -> SourceText:
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WrongText(f"{path.name}: is not in UTF-8") from None
    language = path.name.removesuffix(".md").rpartition(".")[2]
    return read_text(path.name, content, facts=facts.get(language, {}))


def _check_languages(texts: Sequence[SourceText]) -> None:
    days: dict[tuple[Slug, str], dict[str, object]] = {}
    for text in texts:
        days.setdefault((text.slug, text.version), {})[text.language] = text.in_force_from
    for (slug, version), by_language in days.items():
        if lacking := [language for language in LANGUAGES if language not in by_language]:
            raise WrongText(f"{slug} {version}: is missing in {', '.join(lacking)}")
        if len(set(by_language.values())) > 1:
            raise WrongText(f"{slug} {version}: in_force_from differs between its languages")


def _key(text: SourceText) -> tuple[str, str, str]:
    return (text.slug, text.version, text.language)


def _is_new(text: SourceText, published: LegalText | None) -> bool:
    if published is None:
        return True
    if published.sha256 != text.sha256 or published.in_force_from != text.in_force_from:
        raise TextChanged(
            f"{text.slug} {text.version} ({text.language}): this version was published with another"
            " text. Give the new text a new version."
        )
    return False


def _row(text: SourceText, *, now: datetime, author: str) -> LegalText:
    return LegalText(
        id=new_id(),
        slug=text.slug,
        language=text.language,
        version=text.version,
        in_force_from=text.in_force_from,
        title=text.title,
        source=text.source,
        html=text.html,
        sha256=text.sha256,
        author=author,
        loaded_at=now,
    )
