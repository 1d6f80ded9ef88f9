"""A text as blocks of runs: what a page compares and a press prints, with no source in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from havre.commons.content.rules.texts import MARKDOWN


class BlockKind(StrEnum):
    HEADING = "HEADING"
    PARAGRAPH = "PARAGRAPH"
    ITEM = "ITEM"
    ROW = "ROW"
    """A row of a table, its cells told apart by a bar."""


@dataclass(frozen=True)
class Run:
    """Some words, and how they are set."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class Block:
    """``level`` is a heading's rank, from 1, or how deep an item stands; ``number`` that of an item of a
    numbered list."""

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 1
    number: int | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def blocks(markdown: str) -> list[Block]:
    """The blocks of a text in their order. A link is its words, with its address after them where they
    differ; raw HTML is text."""
    return list(_Reader().read(MARKDOWN.parse(markdown)))


class _Reader:
    """Walks the tokens, knowing in which lists and rows it stands."""

    def __init__(self) -> None:
        self._lists: list[int | None] = []
        self._heading = 0
        self._fresh_item = False
        self._cells: list[tuple[Run, ...]] | None = None

    def read(self, tokens: list[Token]) -> Iterator[Block]:
        for token in tokens:
            self._enter_list(token)
            match token.type:
                case "heading_open":
                    self._heading = int(token.tag[1])
                case "tr_open":
                    self._cells = []
                case "tr_close":
                    yield self._row()
                case "inline":
                    yield from self._inline(tuple(_runs(token)))
                case "fence" | "code_block":
                    yield Block(BlockKind.PARAGRAPH, (Run(token.content.strip()),))

    def _enter_list(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)) - 1)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._fresh_item = True
                number = self._lists[-1]
                self._lists[-1] = None if number is None else number + 1

    def _inline(self, runs: tuple[Run, ...]) -> Iterator[Block]:
        if self._cells is not None:
            self._cells.append(runs)
        elif self._heading:
            yield Block(BlockKind.HEADING, runs, self._heading)
            self._heading = 0
        elif self._lists and self._fresh_item:
            self._fresh_item = False
            yield Block(BlockKind.ITEM, runs, len(self._lists), self._lists[-1])
        else:
            yield Block(BlockKind.PARAGRAPH, runs)

    def _row(self) -> Block:
        runs: list[Run] = []
        for cell in self._cells or ():
            runs += [Run(" | "), *cell] if runs else cell
        self._cells = None
        return Block(BlockKind.ROW, tuple(runs))


def _runs(token: Token) -> Iterator[Run]:
    strong = emphasis = 0
    address, words = "", ""
    for part in token.children or ():
        match part.type:
            case "strong_open" | "strong_close":
                strong += part.nesting
            case "em_open" | "em_close":
                emphasis += part.nesting
            case "softbreak" | "hardbreak":
                yield Run(" ", bool(strong), bool(emphasis))
            case "link_open":
                address, words = str(part.attrs.get("href", "")), ""
            case "link_close":
                bare = address.removeprefix("mailto:").removeprefix("tel:")
                if bare and bare != words:
                    yield Run(f" ({bare})")
                address = ""
            case _ if part.content:
                words += part.content
                yield Run(part.content, bool(strong), bool(emphasis))
