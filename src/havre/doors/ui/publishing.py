"""What the content desk needs of the other door, which it may not import: told at start-up by the project."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from havre.commons.content.queries import FileSeen


@dataclass(frozen=True)
class Shown:
    """A document to show as members would read it: of which kind, in which language."""

    kind: str
    document: Any
    files: Mapping[str, FileSeen]
    language: str


@dataclass(frozen=True)
class Publishing:
    """``facts`` fill the blanks of texts, ``pages`` are those that a link may lead to; ``preview`` gives
    the member's page, for one of ``previewed``."""

    facts: Callable[[], Mapping[str, Mapping[str, str]]]
    pages: Callable[[], Collection[str]]
    previewed: frozenset[str]
    preview: Callable[[HttpRequest, Shown], HttpResponseBase]


_known: list[Publishing] = []


def register(publishing: Publishing) -> None:
    """At start-up: this is how it is done from now on."""
    _known[:] = [publishing]


def publishing() -> Publishing:
    """What the project told."""
    return _known[0]
