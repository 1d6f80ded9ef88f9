"""What is backed up is restored, row by row and file by file; or is refused, and nothing changed."""

import json
import stat
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.project.a_house import a_house, an_empty_home, files, guard, havre, rows

from havre.foundation.crypto import Vault
from havre.project.backup import ArchiveRefused, examine

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house() -> Iterator[Path]:
    with a_house() as home:
        yield home


@pytest.fixture(scope="module")
def archive(house: Path) -> Path:
    path = house / "house.backup"
    said = havre(house, "backup", path).stdout
    assert "2 documents" in said
    return path


def read(path: Path, house: Path) -> None:
    """Read an archive to its end with the keys of the house."""
    keys = json.loads((house / "keys.json").read_text())
    vault = Vault.from_settings(keys["SEALING_KEYS"], keys["BLIND_INDEX_KEY"])
    examine(path, vault=vault, provisional=b64decode(keys["PROVISIONAL_KEY"]))


def test_the_same_rows_and_the_same_files_come_back(house: Path, archive: Path) -> None:
    with an_empty_home(keys_of=house) as home:
        said = havre(home, "restore", archive).stdout

        assert "restored" in said
        before, after = rows(house), rows(home)
        assert before["people_person"]
        assert before["health.line"]
        assert before["audit_change"]
        assert after == before
        assert len(files(home)) == 2
        assert files(home) == files(house)
        again = havre(home, "restore", archive, expect=1)
        assert "tables already" in again.stderr
        assert rows(home) == before


def test_a_restored_house_is_guarded_as_before(house: Path, archive: Path) -> None:
    """Row security, grants and the history's triggers come back with the rows."""
    with an_empty_home(keys_of=house) as home:
        havre(home, "restore", archive)
        before, after = guard(house), guard(home)
        assert len(before["policies"]) > 20
        assert len(before["triggers"]) > 20
        assert after == before


def test_an_archive_is_its_owners_only_and_replaces_nothing(house: Path, archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    kept = archive.read_bytes()
    assert "exists already" in havre(house, "backup", archive, expect=1).stderr
    assert archive.read_bytes() == kept


def test_nothing_in_an_archive_reads_without_the_key(archive: Path) -> None:
    content = archive.read_bytes()
    for canary in (b"Exemple", b"nathalie.exemple@example.org", b"PGDMP", b"manifest", b"a.pdf"):
        assert canary not in content


@pytest.mark.parametrize("share", [0, 0.0001, 0.001, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999])
def test_an_archive_cut_anywhere_is_refused(
    house: Path, archive: Path, tmp_path: Path, share: float
) -> None:
    content = archive.read_bytes()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(content[: int(len(content) * share)])
    read(archive, house)

    with pytest.raises(ArchiveRefused, match="cut, altered, or sealed under another key"):
        read(cut, house)


def test_an_archive_cut_between_two_chunks_is_refused(
    house: Path, archive: Path, tmp_path: Path
) -> None:
    """Each chunk that is left is good: only the end tells."""
    content = archive.read_bytes()
    head = 4 + 1 + content[4] + 32
    cut = tmp_path / "cut.backup"
    cut.write_bytes(content[: head + 2 * (64 * 1024 + 16)])

    with pytest.raises(ArchiveRefused, match="cut, altered"):
        read(cut, house)


def test_a_changed_byte_is_refused_and_nothing_is_touched(
    house: Path, archive: Path, tmp_path: Path
) -> None:
    content = bytearray(archive.read_bytes())
    content[-40] ^= 1
    altered = tmp_path / "altered.backup"
    altered.write_bytes(content)

    with an_empty_home(keys_of=house) as home:
        assert "cut, altered" in havre(home, "restore", altered, expect=1).stderr
        assert rows(home) == {}
        assert files(home) == {}
        assert "restored" in havre(home, "restore", archive).stdout  # it is still empty


def test_other_keys_are_refused_by_name(archive: Path) -> None:
    with an_empty_home() as home:
        said = havre(home, "restore", archive, expect=1).stderr
        assert "cut, altered, or sealed under another key of the same name" in said
        assert rows(home) == {}


@pytest.mark.parametrize("name", ["BLIND_INDEX_KEY", "PROVISIONAL_KEY"])
def test_a_key_that_only_looks_up_is_held_against_its_proof(
    house: Path, archive: Path, name: str
) -> None:
    with an_empty_home(keys_of=house) as home:
        keys = json.loads((home / "keys.json").read_text())
        keys[name] = keys[name].replace(keys[name][:2], "zz", 1)
        (home / "keys.json").write_text(json.dumps(keys))
        said = havre(home, "restore", archive, expect=1).stderr
        assert f"made with another {name}" in said
        assert rows(home) == {}


def test_a_document_that_is_missing_after_a_restore_is_told(house: Path, tmp_path: Path) -> None:
    path = tmp_path / "lame.backup"
    lost = next((house / "documents").glob("??/*"))
    kept = lost.read_bytes()
    lost.unlink()
    try:
        havre(house, "backup", path)
    finally:
        lost.write_bytes(kept)
    with an_empty_home(keys_of=house) as home:
        said = havre(home, "restore", path, expect=1).stderr
        assert f"document {lost.name}: FileMissing" in said
