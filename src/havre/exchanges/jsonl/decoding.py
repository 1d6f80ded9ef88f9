"""One line of a feed into one record, or a reason why not."""

import json
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from havre.journeys.loading.explaining import explain
from havre.journeys.loading.records import (
    Kind,
    Line,
    MemberRecord,
    Record,
    StatementRecord,
    Trailer,
)

_DECODERS: Final[dict[Kind, msgspec.json.Decoder[Record | Trailer]]] = {
    "members": msgspec.json.Decoder(MemberRecord | Trailer),
    "statements": msgspec.json.Decoder(StatementRecord | Trailer),
}
_RECORDS: Final[dict[Kind, tuple[str, ...]]] = {
    "members": (
        *("formula", "company", "intermediary", "person", "bank_account", "contract"),
        "trailer",
    ),
    "statements": ("transfer", "line", "trailer"),
}
_WORDS_OF_LINE: Final = ("act", "guarantee", "reason", "clause")
_ANYTHING: Final = msgspec.json.Decoder()
_UNDECODABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class WrongLine(Exception):
    """The line is no record of the feed; ``field`` is ``None`` for the whole line."""

    def __init__(self, field: str | None, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why


def decode(line: bytes, kind: Kind) -> Record | Trailer:
    """The record that the line is. Raises ``WrongLine``; its reason repeats no NIR or the like."""
    try:
        record = _DECODERS[kind].decode(line)
        content = _ANYTHING.decode(line)
    except _UNDECODABLE as error:
        raise _wrong_line(line, kind, error) from None
    # As many colons as distinct keys: no key stands twice. Otherwise (a colon in a text, most
    # often) look closely, which takes five times as long.
    keys = _count_keys_of_line(content) if isinstance(record, Line) else _count_keys(content)
    if line.count(b":") != keys and (key := _key_that_stands_twice(line)):
        raise WrongLine(key, "stands twice in the record")
    if b"\\u0000" in line and _holds_nul(content):
        raise WrongLine(None, "a text holds the character NUL (\\u0000)")
    return record


def _wrong_line(line: bytes, kind: Kind, error: Exception) -> WrongLine:
    if isinstance(error, msgspec.ValidationError):
        try:
            content = _ANYTHING.decode(line)
        except _UNDECODABLE as worse:
            return _no_json(line, worse)
        if not isinstance(content, dict):
            return WrongLine(None, "the line is not a JSON object")
        return WrongLine(*explain(str(error), content, records_expected=_RECORDS[kind]))
    return _no_json(line, error)


def _no_json(line: bytes, error: Exception) -> WrongLine:
    if line.startswith(_UTF16):
        return WrongLine(None, "the file is not UTF-8 (it looks like UTF-16)")
    if not line.endswith(b"\n"):
        return WrongLine(None, "the file is cut here: the line is not complete")
    if isinstance(error, UnicodeDecodeError):
        return WrongLine(None, "the line is not UTF-8")
    # The decoder tells the byte, and never quotes the line.
    place = str(error).rpartition("(byte ")[2].removesuffix(")")
    where = f" at byte {int(place) + 1}" if place.isdecimal() else ""
    return WrongLine(None, f"the line is not JSON{where}")


def _count_keys_of_line(content: dict[str, Any]) -> int:
    """The same as below in a third of the time, as few fields of a line can be objects."""
    spent, rate = content.get("spent"), content.get("rate")
    count = len(content) + (len(spent) if spent else 0) + (len(rate) if rate else 0)
    words = [content.get(name) for name in _WORDS_OF_LINE]
    if rate:
        words.append(rate["source"])
    for said in words:
        if said.__class__ is dict:
            count += len(said)
    return count


def _count_keys(content: object) -> int:
    """How many keys the objects of a decoded line have, nested ones included."""
    if isinstance(content, dict):
        count = len(content)
        for value in content.values():
            if value.__class__ is dict or value.__class__ is list:
                count += _count_keys(value)
        return count
    return sum(map(_count_keys, content)) if isinstance(content, list) else 0


class _Twice(Exception):
    pass


def _single(pairs: Sequence[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _Twice(key)
        seen.add(key)


def _key_that_stands_twice(line: bytes) -> str | None:
    try:
        json.loads(line, object_pairs_hook=_single, parse_int=str, parse_float=str)
    except _Twice as twice:
        return str(twice)
    return None


def _holds_nul(content: object) -> bool:
    if isinstance(content, dict):
        return any("\x00" in key or _holds_nul(value) for key, value in content.items())
    if isinstance(content, list):
        return any(map(_holds_nul, content))
    return isinstance(content, str) and "\x00" in content
