"""One file that comes by two ways, or is checked by two workers, at the same moment."""

import pytest

from havre.commons.documents import actions
from havre.commons.documents.actions import WrongOffset
from havre.commons.documents.models import Document
from havre.commons.documents.words import DocumentKind, UploadState
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.at_once import at_once
from tests.commons.documents.test_uploads import HALF, NOW, PHOTO, a_sender, begun, seen, whole
from tests.database import acting_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]


def test_of_the_same_part_that_comes_twice_at_once_one_is_kept() -> None:
    sender = a_sender()
    upload = begun(sender, subject=new_id()).id

    def append(_rank: int) -> bool:
        try:
            actions.append_upload(
                sender=sender, upload=upload, offset=0, content=PHOTO[:HALF], now=NOW
            )
        except WrongOffset:
            return False
        return True

    assert sorted(at_once(3, append)) == [False, False, True]
    now = seen(sender, upload)
    assert now
    assert now.received == HALF


def test_a_file_that_two_workers_check_at_once_is_one_document() -> None:
    sender = a_sender()
    upload = whole(sender, subject=new_id())

    def check(_rank: int) -> UploadState | None:
        with acting_as(Role.WORKER):
            return actions.check_upload(household=sender.household, upload=upload.id, now=NOW)

    at_once(2, check)
    with acting_as(Role.OWNER):
        made = Document.objects.filter(household_id=sender.household).values_list("kind", flat=True)
        assert sorted(made) == [DocumentKind.PIECE, DocumentKind.PREVIEW]
    now = seen(sender, upload.id)
    assert now
    assert now.state is UploadState.READY
