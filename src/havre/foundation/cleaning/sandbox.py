"""Running the cleaning in a process of its own, which is given bytes and gives bytes back.

What reads a hostile file can crash, hang, fill the memory or be taken over. So it is a child that knows
no setting, no key and no database, is shut in (``lockdown``) before it reads the first byte, and is
killed when it takes too long. Whatever becomes of it, the caller gets ``Cleaned`` or ``Unfit``. Nothing
touches a disk on the way.
"""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer
from typing import IO

from havre.foundation.cleaning.faults import Fault, Unfit
from havre.foundation.cleaning.kinds import HEAD, Kind, kind_of

SECONDS = 20
"""Of a processor, for one file."""
PATIENCE = 40
"""Seconds of the clock before the child is killed: it may have to wait for a processor."""
DRAWING_SECONDS = 5
"""Of a processor, for one page of a file that was written anew."""
DRAWN_AT_ONCE = 2
_DRAWING = BoundedSemaphore(DRAWN_AT_ONCE)
_MOST = 100 * 1024 * 1024
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Cleaned:
    """A file written anew: its bytes, what they are, and a picture of its first pages (JPEG)."""

    content: bytes
    media_type: str
    pages: int
    preview: bytes | None


def clean(content: bytes, *, file_name: str) -> Cleaned:
    """The same paper, written anew without anything that acts or tells where it was made.

    Images lose their metadata and are turned upright, at most 3,508 points long; several pages of a
    TIFF become a PDF; of a PDF only what is drawn on its pages is kept. Refuses ``Unfit``.
    """
    return _in_the_child(content, kind_of(content[:HEAD], file_name=file_name), str(SECONDS))


def picture_of(content: bytes, *, page: int) -> bytes:
    """A page of a PDF, from one, as a picture (JPEG). Refuses ``Unfit``.

    :data:`DRAWN_AT_ONCE` are drawn at once in a process, whoever asks; the others wait for their turn, and
    for no longer than one takes.
    """
    if not _DRAWING.acquire(timeout=PATIENCE):
        raise Unfit(Fault.TOO_HEAVY)
    try:
        drawn = _in_the_child(content, Kind.PDF, str(DRAWING_SECONDS), str(page))
    finally:
        _DRAWING.release()
    if drawn.media_type != "image/jpeg":
        raise Unfit(Fault.TOO_HEAVY)
    return drawn.content


def _in_the_child(content: bytes, kind: Kind, *options: str) -> Cleaned:
    with subprocess.Popen(  # noqa: S603  # our own interpreter, our own file
        [sys.executable, "-I", str(_CHILD), kind.value, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    ) as child:
        limit = Timer(PATIENCE, child.kill)
        limit.start()
        try:
            return _read(_talk(child.stdin, child.stdout, content))
        finally:
            limit.cancel()
            child.kill()


def _talk(child_in: IO[bytes] | None, child_out: IO[bytes] | None, content: bytes) -> bytes:
    """Tell and listen at the same time: a pipe holds little."""
    if child_in is None or child_out is None:
        raise RuntimeError("a child without pipes")
    feeder = Thread(target=_feed, args=(child_in, content))
    feeder.start()
    said = child_out.read(_MOST)
    child_out.close()
    feeder.join()
    return said


def _feed(pipe: IO[bytes], content: bytes) -> None:
    with suppress(BrokenPipeError), pipe:
        pipe.write(content)


def _read(said: bytes) -> Cleaned:
    """What the child said. It read a hostile file: nothing of it is believed before it is checked."""
    head, _, rest = said.partition(b"\n")
    try:
        told = json.loads(head)
        if "fault" in told:
            raise Unfit(Fault(told["fault"]))
        length, preview, pages = (int(told[name]) for name in ("length", "preview", "pages"))
    except (ValueError, KeyError, TypeError):  # nothing, or half of it: it was killed
        raise Unfit(Fault.TOO_HEAVY) from None
    if len(rest) != length + preview or told["media_type"] not in _MEDIA_TYPES:
        raise Unfit(Fault.TOO_HEAVY)
    return Cleaned(rest[:length], told["media_type"], pages, rest[length:] or None)


_MEDIA_TYPES = {"application/pdf", "image/jpeg", "image/png"}
