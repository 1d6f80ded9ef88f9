"""Keys change, everything goes on being readable, and nothing is left under the old one."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.project.a_house import NIR, OTHER_NIR, a_copy, a_house, files, havre, rows

from havre.foundation.crypto import Place, Vault

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def untouched() -> Iterator[Path]:
    with a_house() as home:
        yield home


@pytest.fixture
def house(untouched: Path) -> Iterator[Path]:
    with a_copy(untouched) as home:
        yield home


def keys(home: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((home / "keys.json").read_text())
    return found


def put_in_front(home: Path, name: str) -> None:
    kept = keys(home)
    new = havre(home, "keys", "new", name).stdout.strip()
    kept["SEALING_KEYS"] = f"{new},{kept['SEALING_KEYS']}"
    (home / "keys.json").write_text(json.dumps(kept))


def drop_all_but_the_first(home: Path) -> None:
    kept = keys(home)
    kept["SEALING_KEYS"] = kept["SEALING_KEYS"].partition(",")[0]
    (home / "keys.json").write_text(json.dumps(kept))


def test_after_a_rotation_the_old_key_can_go(house: Path) -> None:
    put_in_front(house, "k2")
    assert "people_person.nir: 1 under k1" in havre(house, "keys", "status").stdout
    sealed_before, history_before = files(house), len(rows(house)["audit_change"])

    said = havre(house, "keys", "rotate").stdout

    assert "people_person.nir: 1 sealed under k2" in said
    assert "health.transfer.iban: 1 sealed under k2" in said
    assert "documents: 2 sealed under k2" in said
    status = havre(house, "keys", "status").stdout
    assert " under k1" not in status
    assert "k1: 0: nothing is under it, it can leave SEALING_KEYS" in status
    assert files(house).keys() == sealed_before.keys()
    assert all(files(house)[name] != content for name, content in sealed_before.items())
    assert len(rows(house)["audit_change"]) == history_before, "resealing is no change of a value"
    drop_all_but_the_first(house)
    opened = remembered_numbers(house)
    assert opened == {NIR, OTHER_NIR}
    feed = house / "again.jsonl"
    feed.write_text(havre(house, "import", "template", "members").stdout.replace(NIR, OTHER_NIR))
    assert "0 new, 0 changed, 2 same" in havre(house, "import", "members", feed).stdout


def remembered_numbers(home: Path) -> set[str]:
    """Every social security number that history remembers, opened with the keys of the home."""
    given = keys(home)
    vault = Vault.from_settings(given["SEALING_KEYS"], given["BLIND_INDEX_KEY"])
    found = set()
    for row in rows(home)["audit_change"]:
        for part in row.replace('""', '"').split('"nir": "')[1:]:
            sealed = bytes.fromhex(part.lstrip("\\").lstrip("x").partition('"')[0])
            person = row.split(",people_person,")[1].partition(",")[0]
            found.add(vault.open(sealed, place=Place("people_person", "nir", person)))
    return found


def test_rotating_again_does_nothing(house: Path) -> None:
    assert havre(house, "keys", "rotate").stdout == "0 sealed anew\n"


def test_what_no_key_opens_is_left_and_told(house: Path) -> None:
    kept = keys(house)
    kept["SEALING_KEYS"] = f"k3:{base64.b64encode(bytes(range(32))).decode()}"
    (house / "keys.json").write_text(json.dumps(kept))
    before = rows(house)

    done = havre(house, "keys", "rotate", expect=1)

    assert "people_person.nir: 1 do not open with any key, left as they are" in done.stdout
    assert rows(house) == before
    status = havre(house, "keys", "status").stdout
    under = sum(int(number) for number in re.findall(r": (\d+) under k1", status))
    assert under
    assert f"k1: {under}: not in SEALING_KEYS, these cannot be read" in status
