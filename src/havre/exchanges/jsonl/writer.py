"""Writes JSON Lines feeds with the trailer they need."""

import gzip
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO

import msgspec

from havre.journeys.loading.records import Kind, Record, Trailer, Transfer
from havre.journeys.loading.sample import sample


def template(kind: Kind) -> str:
    """A small fictional file of the kind, with its trailer, that loads as it stands."""
    return b"".join(encoded(sample(kind))).decode()


def encoded(records: Iterable[Record]) -> Iterator[bytes]:
    """The lines of a file, the last one the trailer, each with its end of line."""
    encoder = msgspec.json.Encoder()
    count = 0
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for record in records:
        count += 1
        if isinstance(record, Transfer):
            sums[record.currency] += record.total
        yield encoder.encode(record) + b"\n"
    yield encoder.encode(Trailer(count=count, sums=dict(sorted(sums.items())))) + b"\n"


def write(path: Path, records: Iterable[Record]) -> None:
    """Writes the records and their trailer; gzipped if the name ends in ``.gz``.

    All or nothing: the file appears under its name once it is complete and on disk, and replaces
    one that was there. The same records give the same bytes. Only its owner may read it: a feed
    holds personal data.
    """
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as raw:
            _write_lines(raw, encoded(records), gzipped=path.suffix == ".gz")
            raw.flush()
            os.fsync(raw.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_lines(raw: IO[bytes], lines: Iterable[bytes], *, gzipped: bool) -> None:
    if not gzipped:
        raw.writelines(lines)
        return
    # No name and no time in the header, so that the bytes depend on the records alone.
    with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        packed.writelines(lines)
