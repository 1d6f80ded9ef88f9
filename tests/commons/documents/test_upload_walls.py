"""What a dying worker leaves, and what each role of the desk sees of what members send."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError

from havre.commons.documents import actions, queries
from havre.commons.documents.actions import Sender, checking
from havre.commons.documents.words import Compartment, UploadState
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.commons.documents.test_uploads import (
    PHOTO,
    a_photo,
    a_sender,
    checked,
    left,
    seen,
    whole,
)
from tests.database import acting_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
STAFF = Actor(name=str(new_id()), channel=Channel.ONLINE, purpose="test")


class Killed(BaseException):
    """As a worker ends: nothing of ours catches it."""


@pytest.mark.parametrize("where", ["clean", "store", "record", "_drop_parts"])
def test_a_check_that_is_killed_anywhere_runs_again(
    where: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = a_sender()
    upload = whole(sender, subject=new_id())

    def die(*_given: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(checking, where, die)
        with pytest.raises(Killed):
            checked(sender, upload)
    with acting_as(Role.WEB):
        assert seen(sender, upload.id) == upload
    ready = checked(sender, upload)
    assert ready
    assert ready.state is UploadState.READY
    with acting_as(Role.WORKER):
        actions.sweep(now=datetime.now(UTC) + timedelta(days=2))
    assert left(folder) == {str(ready.document), str(ready.preview)}


def test_the_desk_sees_what_is_not_about_care_and_no_more() -> None:
    sender, subject = a_sender(), new_id()
    for number, compartment in enumerate(Compartment):
        content = a_photo(("red", "blue", "green")[number])
        checked(sender, whole(sender, content, subject=subject, compartment=compartment))
    for role in (Role.DESK, Role.DESK_HEALTH, Role.DESK_MEDICAL):
        with acting_as(Role.DESK_WEB), acting(actor=STAFF, role=role, household=sender.household):
            found = queries.uploads_of(household=sender.household, subject=subject)
        # Without an opening, those of health see nothing at all.
        general = {Compartment.GENERAL} if role is Role.DESK else set()
        assert {one.compartment for one in found} == general


def test_the_desk_sends_what_is_not_about_care_and_no_more(folder: Path) -> None:
    member = a_sender()
    agent = Sender(new_id(), STAFF, Role.DESK, member.household)
    with acting_as(Role.DESK_WEB):
        sent = whole(agent, PHOTO, subject=new_id(), compartment=Compartment.GENERAL)
        with pytest.raises(DatabaseError):
            whole(agent, PHOTO, subject=new_id(), compartment=Compartment.HEALTH)
    ready = checked(member, sent)
    assert ready
    assert ready.state is UploadState.READY
    assert left(folder) == {str(ready.document), str(ready.preview)}
