"""The press: one Typst compiler a process, closed in a folder of its own.

A template is code and is ours; what fills it is data and is never ours. So data never become
source: they travel as JSON in Typst's ``sys.inputs`` and reach the page as strings, where
``#include`` or ``*`` is text like any other. Images are copied into the press's own folder, the
only one it can read.

Only the fonts inside Typst are used, so that a document is the same, byte for byte, on every
machine. They hold Latin, Greek, Cyrillic, Hebrew and Arabic, and no Chinese, Japanese, Korean, Thai
or Devanagari: PDF/A-2a forbids a glyph that is not there, and Typst says so (``UnprintableText``).
"""

import functools
import hashlib
import json
import re
import tempfile
import threading
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

from havre.foundation.refusals import Refusal

ARCHIVE: Final = "a-2a"
ACCESSIBILITY: Final = "ua-1"

# One line above the template: the lines that Typst names in a fault count from here.
_PREAMBLE: Final = (
    "#let (data, images, about) = json(bytes(sys.inputs.page));"
    "#set document(title: about.title, author: about.author);"
    '#set text(lang: about.language, font: ("Libertinus Serif", "DejaVu Sans Mono"),'
    " fallback: false, hyphenate: false)\n"
)
_NO_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINERS: Final = frozenset("\u200c\u200d")  # spelling in Persian and Indic scripts depends on them

# Typst's compiler changes while it works, and is shared by the threads of a server.
_PRESS_IN_USE: Final = threading.Lock()


class UnprintableText(Refusal):
    """The text holds characters that no font of the press can draw; ``characters`` says which.

    They are kept out of the message: it may end in a log, and they come from someone's name.
    """

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(f"{len(characters)} characters cannot be drawn with the fonts at hand")


class TypesettingFailed(RuntimeError):
    """The template is wrong or an image cannot be read: a fault of ours, not of the data's owner.

    ``detail`` holds Typst's own words. They may quote the data: never log them.
    """

    def __init__(self, template: str, detail: str) -> None:
        self.detail = detail
        super().__init__(f"{template} could not be typeset")


class _Press:
    """Typst's compiler and the folder that is its whole world."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="havre-press-")
        self._compiler = typst.Compiler(
            root=Path(self._folder.name),
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
            ignore_system_fonts=True,
        )

    def take_in(self, image: Path) -> str:
        """Copy an image into the folder; its path there, named by its content."""
        content = image.read_bytes()
        name = hashlib.sha256(content).hexdigest() + image.suffix.lower()
        copy = Path(self._folder.name) / name
        if not copy.exists():
            copy.write_bytes(content)
        return f"/{name}"

    def print(self, source: str, page: str, created: datetime) -> bytes:
        printed = self._compiler.compile(
            input=source.encode(),
            format="pdf",
            sys_inputs={"page": page},
            pdf_standards=[ARCHIVE, ACCESSIBILITY],
            timestamp=int(created.timestamp()),
        )
        if not isinstance(printed, bytes):
            raise TypeError("Typst returned no document")
        return printed


@functools.cache
def _press() -> _Press:
    # Born with the first document, hence after a server has forked its workers.
    return _Press()


def typeset(
    template: Path,
    *,
    data: Mapping[str, Any],
    language: str,
    title: str,
    author: str,
    created: datetime,
    images: Mapping[str, Path] | None = None,
) -> bytes:
    """The template filled with ``data``, as a tagged PDF/A-2a and PDF/UA-1 file.

    The template finds ``data`` and ``images`` (the same names, as paths for ``image()``) in scope;
    ``language``, ``title``, ``author`` and fonts are set for it. ``data`` holds what JSON holds.
    ``created`` (aware) is the file's only clock: same arguments, same bytes.

    Refuses ``UnprintableText``; raises ``TypesettingFailed`` where template or image is at fault.
    """
    if created.tzinfo is None:
        raise ValueError("a creation time without time zone")
    source = _PREAMBLE + template.read_text(encoding="utf-8")
    about = {"language": language, "title": title, "author": author}
    with _PRESS_IN_USE:
        press = _press()
        inside = {name: press.take_in(image) for name, image in (images or {}).items()}
        page = json.dumps(_printable({"data": data, "images": inside, "about": about}))
        try:
            return press.print(source, page, created)
        except typst.TypstError as error:
            failure = _named(error, template)
    raise failure  # outside the handler: Typst's error quotes data, and must not follow into a log


def _named(error: typst.TypstError, template: Path) -> Refusal | TypesettingFailed:
    missing = _NO_GLYPH.findall(error.diagnostic)
    if not missing:
        return TypesettingFailed(template.name, error.diagnostic)
    characters = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in missing)
    return UnprintableText(tuple(dict.fromkeys(characters)))


def _printable(value: Any) -> Any:
    """The same value, its strings composed, on one line, without invisible marks.

    A mark that turns the direction of writing could show a name or a date as another one.
    """
    match value:
        case str():
            return _line(unicodedata.normalize("NFC", value))
        case Mapping():
            return {key: _printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_printable(inner) for inner in value]
        case _:
            return value


def _line(text: str) -> str:
    # What is printable holds no mark and no line break; of spaces Python counts the plain one only.
    if text.replace("\N{NO-BREAK SPACE}", "").isprintable():
        return text
    return "".join(map(_drawn, text))


def _drawn(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" if character not in _JOINERS:
            return ""
        case _:
            return character
