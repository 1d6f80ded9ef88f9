"""R6: whatever happens to a file on its way, it is read whole or refused, and nothing else."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.exchanges.jsonl import read, template
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.records import Kind, Record

FILES: dict[Kind, bytes] = {
    "members": template("members").encode(),
    "statements": template("statements").encode(),
}
kinds = st.sampled_from(["members", "statements"])


def records_of(content: bytes, kind: Kind, name: str = "feed.jsonl") -> list[Record]:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return [located.record for located in read([path], kind)]


def read_or_refused(content: bytes, kind: Kind, name: str = "feed.jsonl") -> list[Record] | None:
    try:
        return records_of(content, kind, name)
    except WrongFeed:
        return None


@pytest.mark.parametrize("kind", ["members", "statements"])
def test_a_file_cut_at_any_byte_is_refused(kind: Kind) -> None:
    whole = FILES[kind]
    assert records_of(whole[:-1], kind) == records_of(whole, kind)  # only the last newline
    for end in range(len(whole) - 1):
        with pytest.raises(WrongFeed):
            records_of(whole[:end], kind)


def test_a_gzip_cut_at_any_byte_is_refused() -> None:
    packed = gzip.compress(FILES["statements"], mtime=0)
    for end in range(len(packed)):
        with pytest.raises(WrongFeed):
            records_of(packed[:end], "statements", "feed.jsonl.gz")


@settings(max_examples=400, deadline=None)
@given(data=st.data(), kind=kinds, byte=st.integers(0, 255))
def test_a_corrupted_byte_is_refused_or_read_never_a_crash(
    data: st.DataObject, kind: Kind, byte: int
) -> None:
    content = bytearray(FILES[kind])
    content[data.draw(st.integers(0, len(content) - 1))] = byte
    read_or_refused(bytes(content), kind)  # any other exception fails the test


@settings(max_examples=150, deadline=None)
@given(data=st.data(), byte=st.integers(0, 255))
def test_a_corrupted_byte_of_a_gzip_never_changes_what_is_read(
    data: st.DataObject, byte: int
) -> None:
    content = bytearray(gzip.compress(FILES["statements"], mtime=0))
    content[data.draw(st.integers(0, len(content) - 1))] = byte
    read_back = read_or_refused(bytes(content), "statements", "feed.jsonl.gz")

    # What is read in spite of it: a byte of the header that says nothing of the content.
    assert read_back in (None, records_of(FILES["statements"], "statements"))


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=300), kind=kinds)
def test_any_bytes_are_refused(content: bytes, kind: Kind) -> None:
    with pytest.raises(WrongFeed):
        records_of(content, kind)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), kind=kinds)
def test_lines_lost_or_doubled_are_refused(data: st.DataObject, kind: Kind) -> None:
    lines = FILES[kind].splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    times = data.draw(st.sampled_from([0, 2, 3]))
    lines[place : place + 1] = [lines[place]] * times

    with pytest.raises(WrongFeed):
        records_of(b"".join(lines), kind)
