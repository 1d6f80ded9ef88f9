"""Files that somebody sends: received in parts, checked, and then documents of their household alone."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from PIL import Image

from havre.commons.documents import actions, queries
from havre.commons.documents.actions import Sender, checking, removing
from havre.commons.documents.models import Document, Upload
from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Compartment, Fault, UploadState
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.builders import a_household
from tests.database import acting_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="test")
HALF = 40_000


def a_sender(household: UUID | None = None) -> Sender:
    return Sender(new_id(), ACTOR, Role.MEMBER, household or a_household())


def a_photo(colour: str = "navy", side: int = 600) -> bytes:
    """A JPEG of some tens of thousands of bytes that tells where it was taken."""
    image = Image.effect_noise((side, side), 80).convert("RGB")
    image.paste(colour, (0, 0, side // 2, side // 2))
    about = Image.Exif()
    about[0x010E] = "CANARY of care"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=about, quality=90)
    return written.getvalue()


PHOTO = a_photo()


def begun(
    sender: Sender, content: bytes = PHOTO, *, subject: UUID, **changes: object
) -> UploadSeen:
    facts: dict[str, object] = {
        "piece": "INVOICE",
        "compartment": Compartment.HEALTH,
        "file_name": "facture.jpg",
        "size": len(content),
        "now": NOW,
    }
    return actions.begin_upload(sender=sender, subject=subject, **(facts | changes))  # type: ignore[arg-type]


def whole(
    sender: Sender, content: bytes = PHOTO, *, subject: UUID, **changes: object
) -> UploadSeen:
    facts: dict[str, object] = {
        "piece": "INVOICE",
        "compartment": Compartment.HEALTH,
        "file_name": "facture.jpg",
        "now": NOW,
    }
    return actions.receive_whole(  # type: ignore[call-overload,no-any-return,misc]
        sender=sender, subject=subject, content=[content], **(facts | changes)
    )


def checked(sender: Sender, upload: UploadSeen) -> UploadSeen | None:
    with acting_as(Role.WORKER):
        actions.check_upload(household=sender.household, upload=upload.id, now=NOW)
    return seen(sender, upload.id)


def seen(sender: Sender, upload: UUID) -> UploadSeen | None:
    with sender.acting():
        return queries.upload_of(household=sender.household, upload=upload)


def sent_for(sender: Sender, subject: UUID) -> tuple[UploadSeen, ...]:
    with sender.acting():
        return queries.uploads_of(household=sender.household, subject=subject)


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def content_of(sender: Sender, document: UUID | None) -> bytes:
    assert document
    with sender.acting():
        found = queries.document_of(household=sender.household, document=document)
    assert found
    return b"".join(queries.content_of(found))


def test_a_file_comes_in_parts_and_becomes_a_document(folder: Path) -> None:
    sender, subject = a_sender(), new_id()
    upload = begun(sender, subject=subject)
    first = actions.append_upload(
        sender=sender, upload=upload.id, offset=0, content=PHOTO[:HALF], now=NOW
    )
    assert first == HALF
    assert all(b"CANARY" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    actions.append_upload(
        sender=sender, upload=upload.id, offset=HALF, content=PHOTO[HALF:], now=NOW
    )
    waiting = actions.finish_upload(sender=sender, upload=upload.id, now=NOW)
    assert (waiting.state, waiting.document) == (UploadState.CHECKING, None)
    ready = checked(sender, waiting)
    assert ready
    assert (ready.state, ready.media_type, ready.pages) == (UploadState.READY, "image/jpeg", 1)
    kept = content_of(sender, ready.document)
    assert b"CANARY" in PHOTO
    assert b"CANARY" not in kept
    assert left(folder) == {str(ready.document), str(ready.preview)}


def test_a_part_that_does_not_follow_is_refused_and_told_where_to_go_on(folder: Path) -> None:
    sender = a_sender()
    upload = begun(sender, subject=new_id())
    actions.append_upload(sender=sender, upload=upload.id, offset=0, content=PHOTO[:10], now=NOW)
    files = left(folder)
    for offset, content in ((0, PHOTO[:10]), (20, b"x"), (10, b""), (10, PHOTO)):
        with pytest.raises(actions.WrongOffset) as refused:
            actions.append_upload(
                sender=sender, upload=upload.id, offset=offset, content=content, now=NOW
            )
        assert refused.value.received == 10
    with pytest.raises(actions.WrongOffset):
        actions.finish_upload(sender=sender, upload=upload.id, now=NOW)
    assert left(folder) == files


def test_the_same_file_of_the_same_device_goes_on_where_it_was() -> None:
    sender, subject = a_sender(), new_id()
    upload = begun(sender, subject=subject, fingerprint="facture.jpg|1|2")
    actions.append_upload(sender=sender, upload=upload.id, offset=0, content=PHOTO[:10], now=NOW)
    again = begun(sender, subject=subject, fingerprint="facture.jpg|1|2")
    assert (again.id, again.received) == (upload.id, 10)
    assert begun(sender, subject=subject, fingerprint="other").id != upload.id
    assert (
        begun(sender, subject=subject, fingerprint="facture.jpg|1|2", piece="PROOF").received == 0
    )


def test_twice_the_same_file_for_a_paper_is_one() -> None:
    sender, subject = a_sender(), new_id()
    first = whole(sender, subject=subject)
    assert whole(sender, subject=subject).id == first.id
    checked(sender, first)
    assert whole(sender, subject=subject).id == first.id
    assert len(sent_for(sender, subject)) == 1
    assert whole(sender, subject=subject, piece="PROOF").id != first.id
    assert whole(sender, subject=new_id()).id != first.id


def test_finished_twice_is_finished_once() -> None:
    sender = a_sender()
    upload = whole(sender, subject=new_id())
    assert actions.finish_upload(sender=sender, upload=upload.id, now=NOW) == upload
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'documents.check'"
        )
        assert cursor.fetchone() == (1,)


def test_a_check_that_runs_twice_changes_nothing(folder: Path) -> None:
    sender = a_sender()
    ready = checked(sender, whole(sender, subject=new_id()))
    assert ready
    files = left(folder)
    assert checked(sender, ready) == ready
    assert left(folder) == files


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("page.jpg", b"<html><script>alert(1)</script></html>", Fault.UNKNOWN_TYPE),
        ("facture.pdf", PHOTO, Fault.MISNAMED),
        ("facture.jpg", PHOTO[: len(PHOTO) // 2], Fault.DAMAGED),
        ("facture.jpg", b"", Fault.EMPTY),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name_and_the_others_stay(
    folder: Path, name: str, content: bytes, fault: Fault
) -> None:
    sender, subject = a_sender(), new_id()
    good = checked(sender, whole(sender, a_photo("red"), subject=subject))
    bad = whole(sender, content, subject=subject, file_name=name)
    refused = checked(sender, bad)
    assert refused
    assert (refused.state, refused.fault, refused.file_name) == (UploadState.REFUSED, fault, name)
    assert sent_for(sender, subject) == (good, refused)
    assert good
    assert left(folder) == {str(good.document), str(good.preview)}


def test_what_name_or_size_tell_is_refused_before_a_byte_travels() -> None:
    sender, subject = a_sender(), new_id()
    assert begun(sender, subject=subject, file_name="macro.docm").fault is Fault.UNKNOWN_TYPE
    assert begun(sender, subject=subject, size=0).fault is Fault.EMPTY
    large = begun(sender, subject=subject, size=25 * 1024 * 1024 + 1)
    assert large.fault is Fault.TOO_LARGE
    with pytest.raises(actions.NotReceiving):
        actions.append_upload(sender=sender, upload=large.id, offset=0, content=b"x", now=NOW)


def test_one_that_is_too_large_is_kept_no_further(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.HAVRE.UPLOAD_MAX_MB", 1)
    sender = a_sender()
    refused = whole(sender, bytes(3 * 1024 * 1024), subject=new_id())
    assert refused.fault is Fault.TOO_LARGE
    assert left(folder) == set()


def test_there_is_room_for_fifty() -> None:
    sender, subject = a_sender(), new_id()
    for number in range(actions.MOST_OF_A_SUBJECT):
        begun(sender, subject=subject, fingerprint=str(number))
    with pytest.raises(actions.TooManyUploads):
        begun(sender, subject=subject)
    with pytest.raises(actions.TooManyUploads):
        whole(sender, subject=subject)


def test_another_household_s_upload_is_not_there() -> None:
    sender = a_sender()
    upload = begun(sender, subject=new_id())
    other = a_sender()
    assert seen(other, upload.id) is None
    with pytest.raises(actions.UploadMissing):
        actions.append_upload(sender=other, upload=upload.id, offset=0, content=b"x", now=NOW)
    with pytest.raises(actions.UploadMissing):
        actions.finish_upload(sender=other, upload=upload.id, now=NOW)
    actions.remove_upload(sender=other, upload=upload.id)
    assert seen(sender, upload.id) == upload


def test_a_member_cannot_call_a_file_ready() -> None:
    sender = a_sender()
    upload = whole(sender, subject=new_id())
    statement = "UPDATE documents_upload SET state = 'READY', document_id = %s WHERE id = %s"
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        sender.acting(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [new_id(), upload.id])


def test_what_is_taken_back_is_gone(folder: Path) -> None:
    sender, subject = a_sender(), new_id()
    ready = checked(sender, whole(sender, subject=subject))
    half = begun(sender, subject=subject)
    actions.append_upload(sender=sender, upload=half.id, offset=0, content=PHOTO[:10], now=NOW)
    assert ready
    actions.remove_upload(sender=sender, upload=half.id)
    actions.remove_upload(sender=sender, upload=ready.id)
    actions.remove_upload(sender=sender, upload=ready.id)
    assert ready.document
    assert ready.preview
    with acting_as(Role.WORKER):
        actions.forget_documents(
            household=sender.household, documents=[ready.document, ready.preview]
        )
    assert left(folder) == set()
    with acting_as(Role.OWNER):
        assert not Document.objects.exists()


def test_a_removed_upload_whose_check_runs_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = a_sender()
    upload = whole(sender, subject=new_id())

    def clean_while_removed(content: bytes, *, file_name: str) -> object:
        with acting(actor=ACTOR, role=Role.BATCH):
            removing.delete_upload(Upload.objects.get(id=upload.id))
        return real(content, file_name=file_name)

    real = checking.clean
    monkeypatch.setattr(checking, "clean", clean_while_removed)
    assert checked(sender, upload) is None
    assert left(folder) == set()


def test_what_was_filed_is_taken_back_no_more() -> None:
    sender, subject = a_sender(), new_id()
    upload = whole(sender, subject=subject)
    with sender.acting():
        actions.keep_uploads(household=sender.household, subject=subject, now=NOW)
        actions.remove_uploads_of(household=sender.household, subject=subject)
    with pytest.raises(actions.UploadKept):
        actions.remove_upload(sender=sender, upload=upload.id)
    kept = seen(sender, upload.id)
    assert kept
    assert kept.kept


def test_a_draft_given_up_takes_its_files_along() -> None:
    sender, subject = a_sender(), new_id()
    whole(sender, subject=subject)
    other = whole(sender, subject=new_id())
    with sender.acting():
        actions.remove_uploads_of(household=sender.household, subject=subject)
    assert sent_for(sender, subject) == ()
    assert seen(sender, other.id)


def test_what_was_never_finished_is_swept_after_a_day(folder: Path) -> None:
    sender, subject = a_sender(), new_id()
    left_behind = begun(sender, subject=subject)
    actions.append_upload(
        sender=sender, upload=left_behind.id, offset=0, content=PHOTO[:10], now=NOW
    )
    later = NOW + actions.sweeping.UNFINISHED_AFTER + timedelta(seconds=1)
    fresh = begun(sender, subject=subject, now=later)
    with acting_as(Role.WORKER):
        assert actions.sweep_uploads(now=later) == 1
    assert [one.id for one in sent_for(sender, subject)] == [fresh.id]
    assert left(folder) == set()


def test_parts_are_no_orphans() -> None:
    sender = a_sender()
    upload = whole(sender, subject=new_id())
    with acting_as(Role.WORKER):
        actions.sweep(now=datetime.now(UTC) + timedelta(days=3))
    ready = checked(sender, upload)
    assert ready
    assert ready.state is UploadState.READY


def test_a_lost_check_is_asked_for_again() -> None:
    sender = a_sender()
    whole(sender, subject=new_id())
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with acting_as(Role.WORKER):
        actions.sweep_uploads(now=NOW + timedelta(hours=2))
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'documents.check'"
        )
        assert cursor.fetchone() == (1,)


def test_only_the_compartments_asked_for_are_given() -> None:
    sender, subject = a_sender(), new_id()
    upload = whole(sender, subject=subject)
    with sender.acting():
        found = queries.uploads_of(
            household=sender.household, subject=subject, compartments={Compartment.GENERAL}
        )
        every = queries.uploads_of(household=sender.household, subject=subject)
    assert (found, every) == ((), (upload,))
