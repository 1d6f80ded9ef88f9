"""A folder of files for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from havre.commons.documents import queries
from havre.foundation.files import Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    queries.files.cache_clear()
    monkeypatch.setattr("django.conf.settings.HAVRE.DOCUMENTS_FOLDER", tmp_path)
    assert isinstance(queries.files(), Folder)
    yield tmp_path
    queries.files.cache_clear()
