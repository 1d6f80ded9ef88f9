"""Files of what is written about a request, on the page that follows it."""

import re
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.commons.messaging.models import Message
from havre.foundation.db import Role
from tests.database import acting_as
from tests.doors.portal.asking import a_sent, posted
from tests.doors.portal.conftest import Member
from tests.doors.portal.test_request_follow import ask_ids, asked
from tests.doors.portal.uploading.test_sending import PHOTO

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]


def in_thread(page: str) -> str:
    return page[page.index('id="thread"') : page.index('id="mark"')]


def test_files_go_with_what_is_written_about_a_request(claire: Member) -> None:
    row = a_sent(claire)

    def photo(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, PHOTO + name.encode(), "image/jpeg")

    first = {"body": "Here it is", "key": uuid4(), "files": photo("a.jpg")}
    assert posted(claire, f"requests/{row}/message", first).status_code == 302
    page = claire.page(f"requests/{row}")
    assert "a.jpg" in in_thread(page)
    (address,) = re.findall(r'<form class="drop" method="post" action="([^"]+)"', page)
    assert (
        claire.client.post(address, {"piece": claire.account.id, "files": photo("b.jpg")})[
            "Location"
        ]
        == f"/en/requests/{row}#thread"
    )
    page = claire.page(f"requests/{row}")
    assert ("b.jpg" in page, "b.jpg" in in_thread(page)) == (True, False)
    for _twice in range(2):  # a file says enough, and is there once
        alone = {"body": "", "key": UUID(int=7), "files": photo("c.jpg")}
        assert posted(claire, f"requests/{row}/message", alone).status_code == 302
    shown = in_thread(claire.page(f"requests/{row}"))
    assert [shown.count(f"<b>{one}.jpg</b>") for one in "abc"] == [1, 1, 1]
    with acting_as(Role.OWNER):
        assert Message.objects.count() == 2


def test_nothing_is_put_under_a_paper_that_was_sent(claire: Member) -> None:
    row = a_sent(claire)
    asked(claire, row, "prescription")

    def sends(name: str) -> int:
        file = SimpleUploadedFile(name, PHOTO + name.encode(), "image/jpeg")
        sent = {"piece": "prescription", "files": file}
        return int(claire.client.post(f"/en/uploads/{row}", sent).status_code)

    assert sends("a.jpg") == 302
    (ask,) = ask_ids(claire, row)
    assert posted(claire, f"requests/{row}/answer", {f"words-{ask}": ""}).status_code == 302
    assert sends("b.jpg") == 404
    asked(claire, row, "identity")  # something else is open
    assert sends("b.jpg") == 404
