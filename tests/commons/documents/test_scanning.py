"""What the antivirus says of a file: set aside, waiting, or on to the next check."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from havre.commons.documents import actions
from havre.commons.documents.actions.sweeping import QUARANTINED_FOR
from havre.commons.documents.words import UploadState
from havre.commons.worklist.models import WorkItem
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.clamd import EICAR, Clamd, listening
from tests.commons.documents.test_uploads import (
    PHOTO,
    a_sender,
    checked,
    left,
    seen,
    sent_for,
    whole,
)
from tests.database import acting_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
INFECTED = PHOTO + EICAR


@pytest.fixture
def clamd(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clamd]:
    with listening(Path(tempfile.mkdtemp(prefix="clamd-"))) as daemon:
        monkeypatch.setattr("django.conf.settings.HAVRE.CLAMAV_SOCKET", daemon.address)
        yield daemon


def waiting_for_the_house() -> list[tuple[str, object]]:
    with acting_as(Role.OWNER):
        return list(WorkItem.objects.values_list("source", "source_id"))


def test_what_it_finds_is_set_aside_and_the_others_stay(clamd: Clamd, folder: Path) -> None:
    sender, subject = a_sender(), new_id()
    good = checked(sender, whole(sender, subject=subject))
    bad = checked(sender, whole(sender, INFECTED, subject=subject))
    assert good
    assert bad
    assert (good.state, bad.state) == (UploadState.READY, UploadState.QUARANTINED)
    assert (bad.document, bad.preview) == (None, None)
    assert waiting_for_the_house() == [("QUARANTINE", bad.id)]
    assert all(EICAR not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    actions.remove_upload(sender=sender, upload=bad.id)
    assert waiting_for_the_house() == []
    assert left(folder) == {str(good.document), str(good.preview)}


def test_a_quarantine_is_emptied_after_a_month(clamd: Clamd, folder: Path) -> None:
    sender = a_sender()
    bad = checked(sender, whole(sender, INFECTED, subject=new_id()))
    assert bad
    assert left(folder) != set()
    with acting_as(Role.WORKER):
        actions.sweep_uploads(now=NOW + QUARANTINED_FOR + timedelta(seconds=1))
    assert left(folder) == set()
    assert seen(sender, bad.id) == bad


def test_while_it_is_down_files_wait_and_are_asked_about_again(clamd: Clamd) -> None:
    sender, subject = a_sender(), new_id()
    clamd.close()
    upload = whole(sender, subject=subject)
    for _time in range(2):
        waits = checked(sender, upload)
        assert waits
        assert (waits.state, waits.settled) == (UploadState.WAITING_SCAN, False)
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'documents.check' "
            "AND scheduled_at IS NOT NULL"
        )
        assert {row[0] for row in cursor.fetchall()} == {NOW + timedelta(minutes=1)}


def test_it_goes_on_once_it_is_back(clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    sender, subject = a_sender(), new_id()
    monkeypatch.setattr("django.conf.settings.HAVRE.CLAMAV_SOCKET", "/none")
    upload = whole(sender, subject=subject)
    checked(sender, upload)
    monkeypatch.setattr("django.conf.settings.HAVRE.CLAMAV_SOCKET", clamd.address)
    checked(sender, upload)
    (ready,) = sent_for(sender, subject)
    assert ready.state is UploadState.READY
