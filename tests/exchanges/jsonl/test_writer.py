"""What is written reads back, appears whole or not at all, and is its owner's only."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from havre.exchanges.jsonl import read, template, write
from havre.journeys.loading.records import Record

NAMES = ["feed.jsonl", "feed.jsonl.gz"]


@pytest.fixture
def records(tmp_path: Path) -> list[Record]:
    path = tmp_path / "template.jsonl"
    path.write_text(template("statements"))
    return [located.record for located in read([path], "statements")]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_reads_back(tmp_path: Path, records: list[Record], name: str) -> None:
    path = tmp_path / name

    write(path, iter(records))

    assert [located.record for located in read([path], "statements")] == records
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", NAMES)
def test_the_same_records_give_the_same_bytes(
    tmp_path: Path, records: list[Record], name: str
) -> None:
    write(tmp_path / name, records)
    first = (tmp_path / name).read_bytes()

    write(tmp_path / name, records)

    assert (tmp_path / name).read_bytes() == first
    if name.endswith(".gz"):
        assert first[4:8] == bytes(4)  # no time of writing


@pytest.mark.parametrize("name", NAMES)
def test_a_writing_that_fails_leaves_what_was_there(
    tmp_path: Path, records: list[Record], name: str
) -> None:
    def failing() -> Iterator[Record]:
        yield records[0]
        raise RuntimeError

    path = tmp_path / name
    path.write_bytes(b"before")
    files = set(tmp_path.iterdir())

    with pytest.raises(RuntimeError):
        write(path, failing())

    assert path.read_bytes() == b"before"
    assert set(tmp_path.iterdir()) == files


def test_the_trailer_counts_and_sums_by_currency(tmp_path: Path, records: list[Record]) -> None:
    transfer = msgspec.structs.replace(
        records[0], currency="JPY", total=Decimal(500), external_id="T-2"
    )

    write(tmp_path / "feed.jsonl", [*records, transfer])

    last = (tmp_path / "feed.jsonl").read_text().splitlines()[-1]
    assert last == '{"record":"trailer","count":4,"sums":{"EUR":"33.90","JPY":"500"}}'
