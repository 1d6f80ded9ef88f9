"""Two hundred files that mean harm: none is kept as it came, none acts, none brings the worker down."""

import io
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.rules import LONGEST_NAME
from havre.commons.documents.words import Fault, UploadState
from havre.foundation.cleaning import sandbox
from havre.foundation.cleaning.lockdown import MEMORY
from havre.foundation.ids import new_id
from havre.foundation.pdf.acting import acting_parts
from tests.clamd import listening
from tests.commons.documents.hostile import MARK, Hostile, corpus, good
from tests.commons.documents.test_uploads import a_sender, checked, content_of, seen, whole

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
MOST_OF_THE_WORKER = 300 * 1024 * 1024
SLOWEST_SECONDS = 45
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
SETTLED = {UploadState.READY, UploadState.REFUSED, UploadState.QUARANTINED}


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with listening(Path(tempfile.mkdtemp(prefix="clamd-"))) as clamd:
        monkeypatch.setattr("django.conf.settings.HAVRE.CLAMAV_SOCKET", clamd.address)
        monkeypatch.setattr(sandbox, "SECONDS", 5)
        yield


def memory(what: str) -> int:
    """Bytes of this process, as Linux counts them."""
    (line,) = (one for one in STATUS.read_text().splitlines() if one.startswith(what))
    return int(line.split()[1]) * 1024


def texts(content: bytes) -> Iterator[bytes]:
    """Everything that a file says, packed or not."""
    yield content
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for one in pdf.objects:
                yield repr(one).encode()
                if isinstance(one, pikepdf.Stream) and one.get("/Filter") != "/DCTDecode":
                    yield one.read_bytes()


def faults_of(hostile: Hostile, upload: UploadSeen, kept: bytes) -> Iterator[str]:
    """What is wrong with the end of a file, if anything."""
    if hostile.end not in {None, upload.state, upload.fault}:
        yield f"ended as {upload.state} {upload.fault}"
    if upload.state not in SETTLED:
        yield "never settled"
    if not upload.file_name.isprintable() or len(upload.file_name) > LONGEST_NAME:
        yield "has a name that cannot be shown"
    if {"/", "\\"} & set(upload.file_name):
        yield "has a name that leads elsewhere"
    if upload.state is UploadState.READY:
        yield from faults_of_what_is_kept(hostile.content, kept)


def faults_of_what_is_kept(content: bytes, kept: bytes) -> Iterator[str]:
    if kept == content:
        yield "is kept as it came"
    if any(MARK in text for text in texts(kept)):
        yield "still says what it hid"
    if kept.startswith(b"%PDF"):
        if acts := acting_parts(kept):
            yield f"still acts: {acts}"
        return
    with Image.open(io.BytesIO(kept)) as image:
        if image.getexif() or image.info.keys() & {"exif", "xmp", "icc_profile", "comment"}:
            yield "still tells where it was made"


@pytest.mark.skipif(not CLEAR.exists(), reason="the memory is counted as Linux does")
def test_two_hundred_files_that_mean_harm(scanned: None, folder: Path) -> None:
    # None executed, none shown, none kept as it came; EICAR set aside; memory bounded.
    sender, wrong, ends = a_sender(), [], []
    files = list(corpus())  # made first: some are large before they are packed
    CLEAR.write_text("5")  # the highest so far is now
    before = memory("VmHWM")
    for hostile in files:
        began = time.monotonic()
        upload = whole(sender, hostile.content, subject=new_id(), file_name=hostile.name)
        upload = checked(sender, upload) or upload
        kept = content_of(sender, upload.document) if upload.document else b""
        wrong += [f"{hostile.what} {fault}" for fault in faults_of(hostile, upload, kept)]
        if time.monotonic() - began > SLOWEST_SECONDS:
            wrong.append(f"{hostile.what} took {time.monotonic() - began:.0f} s")
        ends.append(upload.fault or upload.state)
    assert wrong == []
    assert len(ends) >= 200
    assert {UploadState.READY, UploadState.QUARANTINED, *Fault} - set(ends) <= {
        Fault.TOO_LARGE  # has a test of its own
    }
    assert memory("VmHWM") - before < MOST_OF_THE_WORKER
    assert 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= MEMORY


def test_the_control_would_see_what_stays() -> None:
    upload = seen(a := a_sender(), whole(a, b"x" + MARK, subject=new_id()).id)
    assert upload
    hostile = Hostile("x", "x.jpg", b"x" + MARK, Fault.PASSWORD)
    said = set(faults_of(hostile, upload, hostile.content))
    assert said == {"ended as CHECKING None", "never settled"}
    acts = good.a_pdf()
    acts.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
    kept = good.written(acts)
    assert len(set(faults_of_what_is_kept(kept, kept))) == 2
    photo = good.image("JPEG", comment=MARK)
    assert len(set(faults_of_what_is_kept(photo, photo))) == 3
