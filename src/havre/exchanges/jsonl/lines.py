"""The lines of a file, plain or gzipped, one at a time and never more than one in memory."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

LONGEST_LINE: Final = 1_048_576
"""Bytes. A record is a few hundred; a longer line is another kind of file."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
_LINES_BETWEEN_PROGRESS: Final = 2_000


class Unreadable(Exception):
    """The file cannot be read any further; ``line`` is the line that could not be read."""

    def __init__(self, line: int | None, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


def read_lines(path: Path, *, on_position: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """Each line with its number from 1, its end of line included.

    ``on_position`` is told from time to time how many bytes of the file (compressed ones, for a
    gzipped file) were read. Raises ``Unreadable``.
    """
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
            stream = stack.enter_context(_unpacked(raw, gzipped_by_name=path.suffix == ".gz"))
        except OSError as error:
            raise Unreadable(None, f"cannot be opened ({error.strerror})") from None
        number = 0
        while line := _next_line(stream, number + 1):
            number += 1
            yield number, line
            if number % _LINES_BETWEEN_PROGRESS == 0:
                on_position(raw.tell())


def _unpacked(raw: io.BufferedReader, *, gzipped_by_name: bool) -> BinaryIO:
    start = raw.peek(2)[:2]
    if start == _GZIP_MAGIC:
        # GzipFile reads by small calls in Python; a buffer over it makes lines cheap.
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if gzipped_by_name and start:
        raise Unreadable(None, "its name ends in .gz but it is not a gzip file")
    return raw


def _next_line(stream: BinaryIO, number: int) -> bytes:
    try:
        line = stream.readline(LONGEST_LINE + 1)
    except EOFError:
        raise Unreadable(number, "the gzip file is cut here: it has no end") from None
    except (gzip.BadGzipFile, zlib.error):
        raise Unreadable(number, "the gzip file is damaged here") from None
    except OSError as error:
        raise Unreadable(number, f"cannot be read ({error.strerror})") from None
    if len(line) > LONGEST_LINE:
        raise Unreadable(number, f"the line is longer than {LONGEST_LINE:,} bytes")
    return line
