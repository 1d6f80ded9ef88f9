"""Files of messages: sent beside what is typed, they leave with it and stay under it."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.commons.documents import actions
from havre.commons.documents.models import Upload
from havre.commons.documents.words import UploadState
from havre.commons.messaging.models import Message
from havre.commons.messaging.words import Topic
from havre.foundation.db import Role
from tests.builders import a_member
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, signed_in
from tests.doors.portal.uploading.test_sending import PHOTO
from tests.messages import a_conversation, answered

pytestmark = pytest.mark.django_db(transaction=True)
PDF_THAT_IS_NONE = b"MZ this is a program"


@pytest.fixture
def thread(claire: Member, folder: Path) -> UUID:  # where files go
    return a_conversation(household=claire.household, membership=claire.membership.id)


def sends_file(member: Member, thread: UUID, content: bytes = PHOTO, name: str = "a.jpg") -> Any:
    """As the script does: beside the form, before the message leaves."""
    about = {"piece": member.account.id, "name": name, "size": len(content), "fingerprint": name}
    begun = member.client.post(f"/en/uploads/{thread}", about)
    assert begun.status_code == 201
    return member.client.patch(
        begun.json()["address"],
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
    )


def says(member: Member, thread: UUID, body: str, *, key: UUID | None = None, **more: Any) -> int:
    sent = {"body": body, "key": key or uuid4(), **more}
    return int(member.client.post(f"/en/messages/{thread}", sent).status_code)


def uploads(thread: UUID) -> list[Upload]:
    with acting_as(Role.OWNER):
        return list(Upload.objects.filter(subject_id=thread).order_by("begun_at", "id"))


def checked(member: Member, thread: UUID) -> list[Upload]:
    for one in uploads(thread):
        with acting_as(Role.WORKER):
            actions.check_upload(household=member.household, upload=one.id, now=NOW)
    return uploads(thread)


def messages(thread: UUID) -> list[Message]:
    with acting_as(Role.OWNER):
        return list(Message.objects.filter(conversation_id=thread).order_by("number"))


def in_thread(page: str) -> str:
    return page[page.index('id="thread"') : page.index("</ol>", page.index('id="thread"'))]


def test_a_photo_leaves_with_the_message_and_is_kept_under_it(claire: Member, thread: UUID) -> None:
    assert sends_file(claire, thread).status_code == 204
    waiting = claire.page(f"messages/{thread}")
    assert "a.jpg" in waiting
    assert "a.jpg" not in in_thread(waiting)
    assert says(claire, thread, "Here it is") == 302
    (upload,) = uploads(thread)
    assert upload.piece == str(messages(thread)[-1].client_key)
    assert upload.kept_at
    page = in_thread(claire.page(f"messages/{thread}"))
    assert "being checked" in page
    (ready,) = checked(claire, thread)
    assert ready.state == UploadState.READY
    page = in_thread(claire.page(f"messages/{thread}"))
    (file,) = re.findall(r'href="([^"]+/file)"', page)
    (picture,) = re.findall(r'src="([^"]+/picture)"', page)
    answer = claire.client.get(file)
    assert answer["Content-Disposition"] == 'attachment; filename="a.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    drawn = claire.client.get(picture)
    assert drawn["Content-Type"] == "image/jpeg"
    assert b"".join(drawn.streaming_content)
    assert claire.client.post(file.removesuffix("/file")).status_code == 404  # stays


def test_a_photo_says_enough_without_words(claire: Member, thread: UUID) -> None:
    assert says(claire, thread, "") == 422
    sends_file(claire, thread)
    key = uuid4()
    assert [says(claire, thread, "", key=key) for _ in range(2)] == [302, 302]
    assert len(messages(thread)) == 2


def test_one_that_is_refused_is_named_and_the_message_leaves_without_it(
    claire: Member, thread: UUID
) -> None:
    sends_file(claire, thread, PDF_THAT_IS_NONE, "invoice.pdf")
    (refused,) = checked(claire, thread)
    assert refused.state == UploadState.REFUSED
    assert says(claire, thread, "") == 422
    assert says(claire, thread, "Here it is") == 302
    page = claire.page(f"messages/{thread}")
    assert "invoice.pdf" in page
    assert "We read PDF, JPEG" in page
    assert "invoice.pdf" not in in_thread(page)
    claire.client.post(f"/en/uploads/{thread}/{refused.id}")
    assert uploads(thread) == []


def test_a_plain_form_brings_its_files_once(claire: Member, thread: UUID) -> None:
    key = uuid4()
    for _ in range(2):
        photo = SimpleUploadedFile("a.jpg", PHOTO, "image/jpeg")
        assert says(claire, thread, "Here", key=key, files=photo) == 302
    (upload,) = uploads(thread)
    assert upload.piece == str(key)
    assert len(messages(thread)) == 2


def test_a_first_message_brings_files_into_its_own_compartment(
    claire: Member,
    folder: Path,
) -> None:
    sent = {
        "topic": Topic.CARE,
        "body": "My invoice",
        "key": uuid4(),
        "files": SimpleUploadedFile("a.jpg", PHOTO, "image/jpeg"),
    }
    answer = claire.client.post("/en/messages/new", sent)
    thread = UUID(answer["Location"].rpartition("/")[2])
    (upload,) = checked(claire, thread)
    assert (upload.compartment, upload.state) == ("HEALTH", UploadState.READY)
    assert "a.jpg" in in_thread(claire.page(f"messages/{thread}"))


def test_nothing_is_put_under_a_message_that_was_sent(claire: Member, thread: UUID) -> None:
    """Not under one's own, and not under the team's."""
    sends_file(claire, thread)
    says(claire, thread, "Here it is")
    answered(claire.household, thread, "Thank you")
    for message in messages(thread):
        about = {"piece": message.client_key, "name": "b.jpg", "size": 3}
        assert claire.client.post(f"/en/uploads/{thread}", about).status_code == 404


def test_files_of_another_household_are_missing(claire: Member, thread: UUID) -> None:
    sends_file(claire, thread)
    says(claire, thread, "Here it is")
    (upload,) = checked(claire, thread)
    person, membership = a_member(adherent_number="HV 8")
    stranger = signed_in(person=person, membership=membership)
    about = {"piece": stranger.account.id, "name": "b.jpg", "size": 3}
    assert stranger.client.post(f"/en/uploads/{thread}", about).status_code == 404
    for what in ("file", "picture"):
        address = f"/en/uploads/{thread}/{upload.id}/{what}"
        assert b"".join(claire.client.get(address).streaming_content)
        assert stranger.client.get(address).status_code == 404
