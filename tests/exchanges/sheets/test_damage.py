"""R6: whatever happens to a spreadsheet on its way, it is read whole or refused, and nothing else."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.exchanges.sheets import Format, read, write
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.records import Record
from havre.journeys.loading.sample import sample


def written(form: Format) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        paths = write(Path(folder), sample("statements"), "statements", form)
        return {path.name: path.read_bytes() for path in paths}


CSV, XLSX = written("csv")["transfer.csv"], written("xlsx")["transfer.xlsx"]


def read_or_refused(content: bytes, name: str) -> list[Record] | None:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            return [located.record for located in read([path], "statements")]
        except WrongFeed:
            return None


WHOLE = [read_or_refused(CSV, "a.csv"), None]


@pytest.mark.parametrize("end", range(len(CSV)))
def test_a_text_cut_at_any_byte_is_read_whole_or_refused(end: int) -> None:
    """The last zeros of the last control total say nothing."""
    assert read_or_refused(CSV[:end], "a.csv") in WHOLE
    assert WHOLE[0]


def test_a_text_cut_before_its_trailer_is_refused() -> None:
    for end in range(CSV.index(b"trailer") + len(b"trailer;1")):
        assert read_or_refused(CSV[:end], "a.csv") is None, end


def test_a_workbook_cut_anywhere_is_refused() -> None:
    for end in range(0, len(XLSX), 37):
        assert read_or_refused(XLSX[:end], "a.xlsx") is None, end


@settings(max_examples=300, deadline=None)
@given(data=st.data(), byte=st.integers(0, 255))
def test_a_corrupted_byte_is_refused_or_read_never_a_crash(data: st.DataObject, byte: int) -> None:
    name, content = data.draw(st.sampled_from([("a.csv", CSV), ("a.xlsx", XLSX)]))
    damaged = bytearray(content)
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = byte
    read_or_refused(bytes(damaged), name)  # any other exception fails the test


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.xlsx", "a.ods"]))
def test_any_bytes_are_refused(content: bytes, name: str) -> None:
    assert read_or_refused(content, name) is None
