"""Reads JSON Lines feeds: UTF-8, a record a line, the last one the trailer (``docs/feeds.md``)."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from havre.exchanges.jsonl.decoding import WrongLine, decode
from havre.exchanges.jsonl.lines import Unreadable, read_lines
from havre.journeys.loading.problems import Located, Location, Problems
from havre.journeys.loading.records import Kind, Record, Trailer
from havre.journeys.loading.tally import Progress, Tally, Uncountable

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read(
    paths: Iterable[Path], kind: Kind, *, on_progress: Progress | None = None
) -> Iterator[Located[Record]]:
    """Streams the records of the files, each with its file and line, trailers checked and left out.

    What is good is given as it is read; after the last file, ``WrongFeed`` is raised if anything
    was wrong, with all that was found. So keep nothing before the iteration has ended well.
    ``on_progress(bytes_done, bytes_total)`` counts the bytes on disk.
    """
    files = [Path(path) for path in paths]
    sizes = [path.stat().st_size if path.is_file() else 0 for path in files]
    problems = Problems()
    done, total = 0, sum(sizes)
    for path, size in zip(files, sizes, strict=True):
        tell = _telling(on_progress, done, total)
        yield from _File(path, kind, problems).records(tell)
        done += size
        tell(size)
    problems.refuse()


def _telling(on_progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    if on_progress is None:
        return lambda _position: None
    return lambda position: on_progress(before + position, total)


class _File:
    """One file on its way: what was counted so far, to hold against its trailer."""

    def __init__(self, path: Path, kind: Kind, problems: Problems) -> None:
        self._path = path
        self._name = str(path)
        self._kind = kind
        self._problems = problems
        self._tally = Tally()
        self._ended = False
        self._told_of_crlf = False

    def records(self, tell: Callable[[int], None]) -> Iterator[Located[Record]]:
        number, understood = 0, True
        try:
            for number, line in read_lines(self._path, on_position=tell):
                wrong_before = self._tally.wrong
                if (record := self._next(number, line)) is not None:
                    yield Located(record, Location(self._name, number))
                understood = self._tally.wrong == wrong_before
            if not number:
                raise Unreadable(None, "the file is empty")
        except Unreadable as end:
            return self._add(end.line, None, end.why)
        if not self._ended and understood:  # of a last line that was not, the reason was told
            why = "the file is cut or not complete: its last record is not a trailer"
            self._add(number, "record", why)

    def _add(self, line: int | None, field: str | None, why: str) -> None:
        self._problems.add(Location(self._name, line), field or None, why)

    def _next(self, number: int, line: bytes) -> Record | None:
        """The record of a line; ``None`` for the trailer and for a line that is wrong."""
        if self._ended:
            raise Unreadable(number, "there is something after the trailer, which comes last")
        try:
            return self._accepted(number, decode(self._plain(number, line), self._kind))
        except WrongLine as wrong:
            self._tally.count_wrong(blank=not line.strip())
            self._add(number, wrong.field, wrong.why)
            return None

    def _plain(self, number: int, line: bytes) -> bytes:
        if number == 1 and line.startswith(_BYTE_ORDER_MARK):
            self._add(1, None, "the file starts with a byte order mark; write it without")
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if line.endswith(b"\r\n") and not self._told_of_crlf:
            self._told_of_crlf = True
            self._add(number, None, "the line ends in CR LF; end every line of the file with LF")
        if not line.strip():
            raise WrongLine(None, "the line is blank")
        return line

    def _accepted(self, number: int, record: Record | Trailer) -> Record | None:
        if isinstance(record, Trailer):
            self._ended = True
            for field, why in self._tally.differences(record):
                self._add(number, field, why)
            return None
        try:
            self._tally.count(record)
        except Uncountable:
            raise WrongLine("total", "is not an amount that can be summed") from None
        return record
