"""From a Markdown file to a text that can be published: its head, its blanks, its safe HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from markdown_it import MarkdownIt
from markdown_it.token import Token

from havre.commons.content.words import Slug
from havre.foundation.refusals import Refusal

LANGUAGES = ("fr", "en")
_HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_BLANK = re.compile(r"\{([a-z_]+)\}")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_DEEPEST = 6


class WrongText(Refusal):
    """A file that cannot be published; says which and why."""


@dataclass(frozen=True)
class SourceText:
    """One version of a text in one language, its blanks filled. ``source`` is what is shown."""

    slug: Slug
    language: str
    version: str
    in_force_from: date
    title: str
    source: str

    @property
    def sha256(self) -> str:
        """The hash by which an acceptance names the very text, its title included."""
        return sha256(f"{self.title}\n\n{self.source}".encode()).hexdigest()

    @property
    def html(self) -> str:
        """Safe: raw HTML is shown as text. Headings start at ``h2``, below the page's title."""
        return html_of(self.source)


def html_of(markdown: str) -> str:
    """Safe HTML of a text: raw HTML in it is shown as text, its headings start at ``h2``."""
    tokens = MARKDOWN.parse(markdown)
    _shift_headings(tokens)
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def read_text(name: str, content: str, *, facts: Mapping[str, str]) -> SourceText:
    """The text of the file ``<slug>.<language>.md``. Refuses with :class:`WrongText`.

    ``facts`` fill its blanks (``{operator}``, ``{phone}``…).
    """
    slug, language = _named(name)
    found = _HEAD.match(content.replace("\r\n", "\n"))
    if found is None:
        raise WrongText(f"{name}: starts with no head of title, version and in_force_from")
    head = _head(name, found["head"])
    return SourceText(
        slug=slug,
        language=language,
        version=head["version"],
        in_force_from=_day(name, head["in_force_from"]),
        title=_filled(name, head["title"], facts),
        source=_filled(name, found["body"].strip() + "\n", facts),
    )


def _named(name: str) -> tuple[Slug, str]:
    parts = name.removesuffix(".md").split(".")
    if len(parts) != 2 or parts[0] not in list(Slug) or parts[1] not in LANGUAGES:
        raise WrongText(
            f"{name}: is not named SLUG.LANGUAGE.md, with one of {', '.join(Slug)} and one of"
            f" {', '.join(LANGUAGES)}"
        )
    return Slug(parts[0]), parts[1]


def _head(name: str, text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    head = {key.strip(): value.strip() for key, _colon, value in pairs}
    for key in ("title", "version", "in_force_from"):
        if not head.get(key):
            raise WrongText(f"{name}, {key}: is missing from its head")
    return head


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongText(f"{name}, in_force_from: is not a day such as 2026-01-31") from None


def _filled(name: str, text: str, facts: Mapping[str, str]) -> str:
    def fact(blank: re.Match[str]) -> str:
        value = facts.get(blank[1])
        if value is None:
            raise WrongText(f"{name}: {blank[0]} is no blank that is known")
        if not value:
            raise WrongText(f"{name}: {blank[0]} cannot be filled: set OPERATOR_{blank[1].upper()}")
        return value

    return _BLANK.sub(fact, text)


def _shift_headings(tokens: list[Token]) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    shift = 2 - min((int(token.tag[1]) for token in headings), default=2)
    for token in headings:
        token.tag = f"h{min(max(int(token.tag[1]) + shift, 2), _DEEPEST)}"
