"""The door of the papers: sent in parts or whole, read again as attachments, by their household alone."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from havre.commons.documents import actions, queries
from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Fault, UploadState
from havre.doors.portal import upload_places
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, signed_in
from tests.doors.portal.uploading.page import SUBJECT, finder

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = f"/en/uploads/{SUBJECT}"
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="test")


def a_photo(colour: str = "navy") -> bytes:
    image = Image.effect_noise((400, 400), 80).convert("RGB")
    image.paste(colour, (0, 0, 200, 200))
    written = io.BytesIO()
    image.save(written, "JPEG")
    return written.getvalue()


PHOTO = a_photo()


def sent(member: Member) -> tuple[UploadSeen, ...]:
    with acting(actor=ACTOR, role=Role.MEMBER, household=member.household):
        return queries.uploads_of(household=member.household, subject=SUBJECT)


def checked(member: Member) -> tuple[UploadSeen, ...]:
    for one in sent(member):
        with acting_as(Role.WORKER):
            actions.check_upload(household=member.household, upload=one.id, now=NOW)
    return sent(member)


def begin(member: Member, **changes: Any) -> Any:
    about = {"piece": "INVOICE", "name": "facture.jpg", "size": len(PHOTO), "fingerprint": "f|1"}
    return member.client.post(ADDRESS, about | changes)


def part(member: Member, address: str, offset: int, content: bytes) -> Any:
    return member.client.patch(
        address,
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def whole(member: Member, *files: tuple[str, bytes], piece: str = "INVOICE") -> Any:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return member.client.post(ADDRESS, {"piece": piece, "files": given})


def test_a_broken_line_loses_a_part_and_not_the_file(sender: Member) -> None:
    begun = begin(sender)
    assert begun.status_code == 201
    address = begun.json()["address"]
    answer = part(sender, address, 0, PHOTO[:3000])
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3000")
    again = part(sender, address, 0, PHOTO[:3000])  # whose answer was lost
    assert (again.status_code, again["Upload-Offset"]) == (409, "3000")
    asked = sender.client.head(address)
    assert (asked.status_code, asked["Upload-Offset"]) == (200, "3000")
    assert begin(sender).json() == {"address": address, "received": 3000, "settled": False}
    last = part(sender, address, 3000, PHOTO[3000:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(PHOTO)))
    assert part(sender, address, len(PHOTO), b"").status_code == 204
    (upload,) = checked(sender)
    assert upload.state is UploadState.READY


@pytest.mark.parametrize("offset", ["", "-1", "x", "1" * 30, "²"])
def test_an_offset_that_is_none_is_refused(sender: Member, offset: str) -> None:
    address = begin(sender).json()["address"]
    headers = {"Upload-Offset": offset.encode().decode("latin-1")}
    answer = sender.client.patch(address, b"x", headers=headers)
    assert answer.status_code == 400


def test_a_part_that_is_too_large_is_refused(sender: Member) -> None:
    address = begin(sender, size=5_000_000).json()["address"]
    assert part(sender, address, 0, bytes(1_000_001)).status_code == 413
    assert part(sender, address, 0, bytes(1_000_000)).status_code == 204


def test_a_size_that_is_none_is_refused(sender: Member) -> None:
    for size in ("", "-1", "x", "1" * 30):
        assert begin(sender, size=size).status_code == 400


def test_a_plain_form_sends_several_and_one_that_lies_is_refused_by_name(
    sender: Member, folder: Path
) -> None:
    page = b"<script>alert(1)</script>"
    answer = whole(sender, ("a.jpg", PHOTO), ("b.jpg", page), ("../../c.jpg", a_photo("red")))
    assert (answer.status_code, answer["Location"]) == (302, "/en/papers")
    found = {one.file_name: (one.state, one.fault) for one in checked(sender)}
    assert found == {
        "a.jpg": (UploadState.READY, None),
        "b.jpg": (UploadState.REFUSED, Fault.UNKNOWN_TYPE),
        "c.jpg": (UploadState.READY, None),
    }
    shown = sender.page("papers")
    assert "b.jpg" in shown
    assert "We read PDF, JPEG, PNG, HEIC and TIFF" in shown


def test_a_form_sent_twice_keeps_one(sender: Member) -> None:
    for _time in range(2):
        whole(sender, ("a.jpg", PHOTO))
    assert len(sent(sender)) == 1


def test_a_file_that_is_too_large_is_refused_by_name_without_being_kept(
    sender: Member, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.HAVRE.UPLOAD_MAX_MB", 1)
    whole(sender, ("large.jpg", PHOTO + bytes(2_000_000)), ("small.jpg", PHOTO))
    found = {one.file_name: one.fault for one in checked(sender)}
    assert found == {"large.jpg": Fault.TOO_LARGE, "small.jpg": None}
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2  # document and preview


def test_nothing_is_kept_of_files_that_nobody_takes(sender: Member, folder: Path) -> None:
    other = f"/en/uploads/{new_id()}"
    given = {"piece": "INVOICE", "files": [SimpleUploadedFile("a.jpg", PHOTO)]}
    assert sender.client.post(other, given).status_code == 404
    given["files"][0].seek(0)  # type: ignore[index]
    assert sender.client.post(ADDRESS, {**given, "piece": "NONE"}).status_code == 404
    assert Client(SERVER_NAME="localhost").post(ADDRESS, given).status_code == 302
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_form_without_its_token_is_refused(sender: Member, folder: Path) -> None:
    careful = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    careful.cookies = sender.client.cookies
    given = {"piece": "INVOICE", "files": [SimpleUploadedFile("a.jpg", PHOTO)]}
    assert careful.post(ADDRESS, given).status_code == 403
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    address = begin(sender).json()["address"]
    assert careful.patch(address, b"x", headers={"Upload-Offset": "0"}).status_code == 403


def test_a_paper_is_an_attachment_that_runs_nothing(sender: Member) -> None:
    whole(sender, ("Reçu n° 1.heic.jpg", PHOTO))
    (upload,) = checked(sender)
    answer = sender.client.get(f"{ADDRESS}/{upload.id}/file")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Re%C3%A7u")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"].replace(";", " ").split()
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
    picture = sender.client.get(f"{ADDRESS}/{upload.id}/picture")
    assert (picture["Content-Disposition"], picture["Content-Type"]) == ("inline", "image/jpeg")
    assert b"".join(picture.streaming_content)[:3] == b"\xff\xd8\xff"
    assert picture["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_checked_is_shown_to_nobody(sender: Member) -> None:
    whole(sender, ("a.jpg", PHOTO))
    (upload,) = sent(sender)
    for what in ("file", "picture"):
        assert sender.client.get(f"{ADDRESS}/{upload.id}/{what}").status_code == 404


def test_another_household_finds_nothing(sender: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(sender, ("a.jpg", PHOTO))
    (upload,) = checked(sender)
    from tests.builders import a_member

    person, membership = a_member(adherent_number="HV 999")
    stranger = signed_in(person=person, membership=membership)
    both = (finder(sender.household), finder(stranger.household))
    monkeypatch.setattr(upload_places, "FINDERS", both)  # who has a subject of the same id
    address = f"{ADDRESS}/{upload.id}"
    assert stranger.client.get(f"{address}/file").status_code == 404
    assert stranger.client.get(f"{address}/picture").status_code == 404
    assert stranger.client.head(address).status_code == 404
    assert stranger.client.post(address).status_code == 404
    assert part(stranger, address, 0, b"x").status_code == 404
    assert sent(sender) == (upload,)


def test_a_file_is_taken_back_by_a_button(sender: Member) -> None:
    whole(sender, ("a.jpg", PHOTO))
    (upload,) = sent(sender)
    answer = sender.client.post(f"{ADDRESS}/{upload.id}")
    assert (answer.status_code, answer["Location"]) == (302, "/en/papers")
    assert sent(sender) == ()
    assert sender.client.post(f"{ADDRESS}/{upload.id}").status_code == 404


def test_every_state_is_said_in_both_languages(sender: Member) -> None:
    whole(sender, ("checking.jpg", PHOTO))
    begin(sender, name="half.jpg", fingerprint="other")
    for language, said in (("en", "being checked"), ("fr", "vérification en cours")):
        page = sender.page("papers", language=language)
        assert said in page
        assert page.count("data-waiting-text") == 1
    assert datetime.now(UTC) == NOW
