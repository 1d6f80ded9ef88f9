"""What a kind of content is made of. Whoever owns one declares it, and registers it at start-up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

Place = tuple[str | int, ...]
"""Where in a document: ``("topics", 0, "questions", 2)``."""

Line = Annotated[str, Meta(min_length=1)]
"""A text that may not be empty."""

Key = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""An id: lower-case letters, digits and hyphens, so that it can stand in an address."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """What the documents of content are made of: nothing in a file goes unread."""


class Bilingual(Part, frozen=True):
    """A text in both languages; neither may be missing."""

    fr: Line
    en: Line

    def said_in(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Prose(Bilingual, frozen=True):
    """Markdown in both languages; ``queries.html`` makes it safe to show."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a document, and where."""

    place: Place
    why: str


Document = TypeVar("Document", bound=Part)


@dataclass(frozen=True, eq=False)
class Kind(Generic[Document]):
    """One file of a house's content: ``NAME.yaml``, read as ``schema``.

    ``check`` says what the types cannot; ``files`` names the files that the document shows, which stand
    in the folder ``NAME``. Both languages, unique ids and links are checked for every kind.
    """

    name: str
    schema: type[Document]
    check: Callable[[Document], Iterable[Problem]] = lambda _document: ()
    files: Callable[[Document], Iterable[tuple[Place, str]]] = lambda _document: ()
