"""Documents: sealed whole, given back whole, to their household alone."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from havre.commons.documents import actions, queries
from havre.commons.documents.queries import DocumentDamaged, DocumentSeen
from havre.commons.documents.words import Compartment, DocumentKind
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import a_household
from tests.database import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="test")
CANARY = b"CANARY of care, ligne 1789. " * 5000  # several chunks


def stored(household: UUID, content: bytes = CANARY, **changes: Compartment) -> DocumentSeen:
    file = actions.store([content[:7], content[7:]])
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        document = actions.record(
            file,
            household=household,
            kind=DocumentKind.CERTIFICATE,
            compartment=changes.get("compartment", Compartment.GENERAL),
            media_type="application/pdf",
            file_name="attestation.pdf",
            now=NOW,
        )
    found = seen(household, document)
    assert found
    return found


def seen(household: UUID, document: UUID) -> DocumentSeen | None:
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        return queries.document_of(household=household, document=document)


def path_of(folder: Path, document: UUID) -> Path:
    (path,) = folder.glob(f"*/{document}")
    return path


@pytest.mark.parametrize("content", [b"", b"x", CANARY, bytes(64 * 1024), bytes(128 * 1024)])
def test_what_is_stored_comes_back_to_the_byte(content: bytes) -> None:
    document = stored(a_household(), content)
    assert b"".join(queries.content_of(document)) == content
    assert (document.size, document.file_name) == (len(content), "attestation.pdf")


def test_the_disk_and_the_row_tell_nothing(folder: Path) -> None:
    document = stored(a_household())
    path = path_of(folder, document.id)
    assert b"CANARY" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_document")
        assert "attestation" not in str(
            [bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()]
        )


def cut(content: bytes) -> bytes:
    """Between two chunks, where nothing looks wrong but that there is no last one."""
    head = 4 + 1 + 2 + 32
    return content[: head + 64 * 1024 + 16]


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda content: content[:-1],
    cut,
    lambda content: content[:3],
    lambda content: content[:0],
    lambda content: content[:-20] + bytes([content[-20] ^ 1]) + content[-19:],
    lambda content: content[:10] + bytes([content[10] ^ 1]) + content[11:],
    lambda content: content.replace(b"HVS1\x02t1", b"HVS1\x02t9"),
    lambda content: content + b"more",
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_before_a_byte_is_given(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    document = stored(a_household())
    path = path_of(folder, document.id)
    before = path.read_bytes()
    path.write_bytes(damage(before))
    assert path.read_bytes() != before
    with pytest.raises(DocumentDamaged):
        queries.content_of(document)


def test_a_missing_file_is_refused(folder: Path) -> None:
    document = stored(a_household())
    path_of(folder, document.id).unlink()
    with pytest.raises(DocumentDamaged, match="FileMissing"):
        queries.content_of(document)


def test_one_file_does_not_stand_for_another(folder: Path) -> None:
    household = a_household()
    mine, other = stored(household), stored(household)
    path_of(folder, mine.id).write_bytes(path_of(folder, other.id).read_bytes())
    with pytest.raises(DocumentDamaged):
        queries.content_of(mine)


def test_another_household_s_is_not_there() -> None:
    document = stored(a_household())
    other = a_household()
    assert seen(other, document.id) is None
    with acting(actor=ACTOR, role=Role.MEMBER, household=other), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_document")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("role", [Role.WORKER, Role.DESK])
def test_documents_on_care_stay_behind_their_wall(role: Role) -> None:  # S3, S10
    household = a_household()
    stored(household)
    for compartment in (Compartment.HEALTH, Compartment.MEDICAL):
        stored(household, compartment=compartment)
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON documents_document TO {role}")  # a grant too many
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {role}")
        cursor.execute("SELECT set_config('havre.household_id', %s, true)", [str(household)])
        cursor.execute("SELECT compartment FROM documents_document")
        assert cursor.fetchall() == [("GENERAL",)]
        cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {Role.WEB}")


def test_nobody_changes_or_removes_a_document() -> None:
    household = a_household()
    stored(household)
    for statement in ("UPDATE documents_document SET size = 1", "DELETE FROM documents_document"):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            acting(actor=ACTOR, role=Role.MEMBER, household=household),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def aged(path: Path, days: int) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_only_old_files_that_nothing_names_are_swept(folder: Path) -> None:
    kept, orphan, young = (
        stored(a_household()).id,
        actions.store([b"x"]).id,
        actions.store([b"y"]).id,
    )
    half = path_of(folder, kept).with_name(".part-0123")
    half.write_bytes(b"half")
    for path in (path_of(folder, kept), path_of(folder, orphan), half):
        aged(path, 2)
    aged(path_of(folder, young), 0)
    with acting_as(Role.WORKER):
        assert actions.sweep(now=NOW) == 1
    left = {path.name for path in folder.glob("*/*")} | {path.name for path in folder.glob("*/.*")}
    assert left == {str(kept), str(young)}


def test_a_writing_that_fails_leaves_nothing(folder: Path) -> None:
    def breaks() -> "list[bytes]":
        raise OSError("the disk is full")

    class Parts:
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield b"some"
            breaks()

    with pytest.raises(OSError, match="full"):
        actions.store(Parts())
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_discarded_file_is_gone(folder: Path) -> None:
    actions.discard(actions.store([b"x"]))
    assert [path for path in folder.rglob("*") if path.is_file()] == []
