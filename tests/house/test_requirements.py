"""docs/requirements.md tells where each promise is proved, and tells the truth."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(
    r"^\| (?P<id>[WS]\d+) \| .+? \| (?P<kept>[^|]*) \| (?P<where>[^|]*) \| ?(?P<proved>[^|]*)\|$"
)
ROWS = [
    match
    for line in (ROOT / "docs/requirements.md").read_text().splitlines()
    if (match := _ROW.match(line))
]


def _paths(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _naming(requirement: str) -> set[str]:
    """The tests that name a promise, as the page writes them."""
    named = re.compile(rf"\b{requirement}\b")
    return {
        str(path.relative_to(ROOT / "tests"))
        for path in (ROOT / "tests").rglob("test_*.py")
        if named.search(path.read_text()) and path != Path(__file__)
    }


def test_every_promise_has_its_row() -> None:
    assert [row["id"] for row in ROWS] == [
        *(f"W{number}" for number in (*range(1, 43), 46)),
        *(f"W{number}" for number in (43, 44, 45)),
        *(f"S{number}" for number in range(1, 16)),
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_is_kept_is_where_it_says_and_is_proved(row: "re.Match[str]") -> None:
    for path in (one for one in _paths(row["where"]) if "/" in one):
        assert (ROOT / "src/havre" / path).exists(), path
    assert set(_paths(row["proved"])) <= _naming(row["id"])
    if row["kept"].startswith("kept"):
        assert _paths(row["proved"]), "kept, and no test names it"
