"""The doctor on the seal of certificates."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from havre.project.doctor.places import examine_seal
from havre.project.own_seal import own_seal
from havre.project.settings import Settings

NOW = datetime(2026, 6, 15, tzinfo=UTC)


def seal(folder: Path, days: int) -> Settings:
    made = own_seal(folder, name="Assurances du Large", now=NOW, days=days)
    return Settings(**made)  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "ok"), [(61, True), (59, False)])
def test_it_warns_sixty_days_before_the_end(tmp_path: Path, days: int, ok: bool) -> None:
    finding = examine_seal(seal(tmp_path, days), now=NOW)
    assert finding.ok is ok
    assert "2026-08" in finding.said


def test_one_that_is_over_is_told(tmp_path: Path) -> None:
    assert not examine_seal(seal(tmp_path, 3), now=NOW + timedelta(days=4)).ok


def test_none_is_said_and_a_wrong_one_too(tmp_path: Path) -> None:
    assert (
        "without a seal"
        in examine_seal(Settings(SEAL_KEY_FILE=None, SEAL_CERTIFICATE_FILE=None), now=NOW).said
    )
    lone = Settings(SEAL_KEY_FILE=tmp_path / "none", SEAL_CERTIFICATE_FILE=None)
    assert not examine_seal(lone, now=NOW).ok
