"""Papers of a request: sent with its draft, kept with it, given again where they are asked."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.commons.cases.words import AskState
from havre.commons.documents import queries
from havre.commons.documents.queries import UploadSeen
from tests.doors.portal.asking import a_sent, asker, begun, filed, posted, written
from tests.doors.portal.conftest import Member
from tests.doors.portal.test_request_follow import ask_ids, asked, states
from tests.doors.portal.uploading.test_sending import PHOTO
from tests.journeys.requests.asking import as_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(transactional_db: None, claire: Member, folder: Path) -> Member:
    return claire


def send(member: Member, row: UUID, piece: str = "other", content: bytes = PHOTO) -> Any:
    files = SimpleUploadedFile("invoice.jpg", content)
    return posted(member, f"uploads/{row}", {"piece": piece, "files": files})


def uploads(member: Member, row: UUID) -> tuple[UploadSeen, ...]:
    with as_member(asker(member)):
        return queries.uploads_of(household=member.household, subject=row)


def test_papers_are_sent_from_the_page_and_kept_with_the_request(member: Member) -> None:
    row = begun(member)
    written(member, row)
    assert send(member, row)["Location"] == f"/en/requests/drafts/{row}/pages/request"
    assert "invoice.jpg" in member.page(f"requests/drafts/{row}/check")
    assert send(member, row, piece="secret").status_code == 404
    filed(member, row)
    assert [one.kept for one in uploads(member, row)] == [True]
    for page in ("", "/receipt"):
        assert "invoice.jpg" in member.page(f"requests/{row}{page}")
    assert send(member, row).status_code == 404  # nothing is asked
    (one,) = uploads(member, row)
    posted(member, f"uploads/{row}/{one.id}")
    assert len(uploads(member, row)) == 1  # what was filed is taken back no more


def test_a_paper_that_is_asked_is_given_there(member: Member) -> None:
    row = a_sent(member)
    asked(member, row, "prescription")
    assert send(member, row).status_code == 404
    assert send(member, row, piece="prescription")["Location"] == f"/en/requests/{row}"
    assert "invoice.jpg" in member.page(f"requests/{row}")
    assert states(member, row) == [AskState.OPEN]
    (ask,) = ask_ids(member, row)
    posted(member, f"requests/{row}/answer", {f"words-{ask}": "There"})
    assert states(member, row) == [AskState.ANSWERED]
    assert [one.kept for one in uploads(member, row)] == [True]


def test_a_file_that_was_refused_is_no_answer(member: Member) -> None:
    row = a_sent(member)
    asked(member, row, "prescription")
    send(member, row, piece="prescription", content=b"")
    assert posted(member, f"requests/{row}/answer").status_code == 422
    assert states(member, row) == [AskState.OPEN]


def test_a_dropped_draft_takes_its_files_along(member: Member) -> None:
    row = begun(member)
    written(member, row)
    send(member, row)
    posted(member, f"requests/drafts/{row}/drop")
    assert uploads(member, row) == ()
