"""Members who may send papers, at a page of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from havre.commons.documents import queries
from havre.doors.portal import upload_places
from tests.doors.portal.conftest import Member
from tests.doors.portal.uploading.page import finder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    queries.files.cache_clear()
    monkeypatch.setattr("django.conf.settings.HAVRE.DOCUMENTS_FOLDER", tmp_path)
    yield tmp_path
    queries.files.cache_clear()


@pytest.fixture
def sender(
    transactional_db: None, claire: Member, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Member]:
    """Claire, who may send papers for a subject of her household's."""
    monkeypatch.setattr(upload_places, "FINDERS", (finder(claire.household),))
    with override_settings(ROOT_URLCONF="tests.doors.portal.uploading.page"):
        yield claire
