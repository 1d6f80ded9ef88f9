"""Files of messages at the desk: what an agent sends leaves with the answer."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.commons.documents import queries
from havre.commons.documents.models import Upload
from havre.commons.messaging.models import Message
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import filed
from tests.doors.desk.test_messages import answers, asked, key_of

PHOTO = b"\xff\xd8 not checked in this test"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queries.files.cache_clear()
    monkeypatch.setattr("django.conf.settings.HAVRE.DOCUMENTS_FOLDER", tmp_path)


def test_an_agent_sends_a_file_with_the_answer(desk_client: DeskClient) -> None:
    path, made = asked()
    agent = desk_client("AGENT")
    assert answers(agent, path, "") == 422
    page = agent.page(path)
    (address,) = re.findall(r'<form class="drop" method="post" action="([^"]+)"', page)
    about = {"piece": agent.id, "name": "letter.jpg", "size": len(PHOTO)}
    begun = agent.client.post(address, about)
    assert begun.status_code == 201
    part = agent.client.patch(
        begun.json()["address"],
        PHOTO,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
    )
    assert part.status_code == 204
    assert answers(agent, path, "Here it is") == 302
    with acting_as(Role.OWNER):
        upload = Upload.objects.get(subject_id=made)
        said = Message.objects.get(conversation_id=made, author="STAFF")
    assert upload.piece == str(said.client_key)
    page = agent.page(path)
    assert (
        "letter.jpg"
        in page[page.index('id="thread"') : page.index("</ol>", page.index('id="thread"'))]
    )


def test_files_of_what_is_out_of_scope_are_missing(desk_client: DeskClient) -> None:
    path, _made = asked()
    agent = desk_client("AGENT", products=["OTHER"])
    about = {"piece": agent.id, "name": "letter.jpg", "size": 3}
    assert agent.client.post(f"/desk/{path}/uploads", about).status_code == 404
    missing = f"/desk/{path}/uploads/{UUID(int=1)}/file"
    assert agent.client.get(missing).status_code == 404


def test_a_plain_form_brings_files_and_loses_no_word(desk_client: DeskClient) -> None:
    path, made = asked()
    agent = desk_client("AGENT")
    form = {"body": "Half a sent", "key": key_of(agent.page(path))}
    photo = SimpleUploadedFile("letter.jpg", PHOTO, "image/jpeg")
    kept = agent.post(path, **form, do="keep", files=photo)
    assert kept["Location"] == f"/desk/{path}#end"
    page = agent.page(path)
    assert "Half a sent</textarea>" in page
    assert "letter.jpg" in page[page.index("</ol>") :]
    too_long = form | {"body": "x" * 10_001, "files": SimpleUploadedFile("b.jpg", PHOTO + b"2")}
    answer = agent.post(path, **too_long)
    assert answer.status_code == 422
    assert "b.jpg" in answer.content.decode()
    assert answers(agent, path, "") == 302  # the files say enough
    with acting_as(Role.OWNER):
        said = Message.objects.get(conversation_id=made, author="STAFF")
        assert {one.piece for one in Upload.objects.all()} == {str(said.client_key)}


def test_a_file_goes_with_what_is_written_about_a_request(desk_client: DeskClient) -> None:
    case, agent = filed(), desk_client("AGENT")
    here = f"requests/{case.id}"
    agent.post(f"{here}/write", body="We are looking at it.", key=new_id())
    page = agent.page(here)
    address = page.partition('id="thread-box"')[2].partition('class="drop" method="post" action="')[
        2
    ]
    photo = SimpleUploadedFile("letter.jpg", PHOTO, "image/jpeg")
    sent = {"piece": agent.id, "files": photo}
    assert agent.client.post(address.partition('"')[0], sent).status_code == 302
    assert agent.post(f"{here}/write", body="", key=new_id()).status_code == 302
    page = agent.page(here)
    assert "letter.jpg" in page.partition('id="thread"')[2].partition("</ol>")[0]
