"""Files from outside, written anew: what is kept of them, what is not, and what reading them may do."""

import io
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from havre.foundation import cleaning
from havre.foundation.cleaning import Cleaned, Fault, Unfit, clean, picture_of, sandbox
from havre.foundation.cleaning.images import LONGEST

SOURCE = Path(cleaning.__file__).resolve().parents[3]


def a_photo(kind: str = "JPEG", *, size: tuple[int, int] = (400, 200), **options: object) -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))  # its left half
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(kept: Cleaned) -> Image.Image:
    return Image.open(io.BytesIO(kept.content))


def test_a_photo_is_turned_upright_and_tells_no_place() -> None:
    about = Image.Exif()
    about[0x0112] = 6  # held on its side
    about.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    about[0x010F] = "CANARY"
    kept = clean(a_photo(exif=about), file_name="photo.JPG")
    image = opened(kept)
    assert image.size == (200, 400)
    assert image.getpixel((100, 20))[:2] == (254, 0)  # type: ignore[index]  # what was left is on top
    assert not image.getexif()
    assert b"CANARY" not in kept.content
    assert kept.preview
    assert b"CANARY" not in kept.preview


def test_the_second_picture_of_a_phone_is_left_behind() -> None:
    one, other = Image.new("RGB", (40, 40), "red"), Image.new("RGB", (40, 40), "blue")
    written = io.BytesIO()
    one.save(written, "MPO", save_all=True, append_images=[other])
    kept = clean(written.getvalue(), file_name="photo.jpg")
    assert (kept.media_type, opened(kept).format) == ("image/jpeg", "JPEG")


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("PNG", "a.png", "image/png"),
        ("WEBP", "a.webp", "image/jpeg"),
        ("TIFF", "a.tif", "image/jpeg"),
        ("JPEG", "no ending", "image/jpeg"),
    ],
)
def test_each_kind_is_kept_as_what_every_reader_shows(kind: str, name: str, kept: str) -> None:
    assert clean(a_photo(kind), file_name=name).media_type == kept


def test_heic_is_kept_as_a_jpeg() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    assert clean(a_photo("HEIF"), file_name="IMG_0001.HEIC").media_type == "image/jpeg"


def test_what_is_transparent_is_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(clean(written.getvalue(), file_name="a.png")).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_picture_is_made_as_large_as_a_page_needs() -> None:
    kept = clean(a_photo(size=(5000, 1000)), file_name="a.jpg")
    assert opened(kept).size[0] == LONGEST


def test_the_pages_of_a_fax_become_a_pdf() -> None:
    pages = [Image.new("1", (850, 1100), 1) for _ in range(3)]
    written = io.BytesIO()
    pages[0].save(written, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    kept = clean(written.getvalue(), file_name="fax.tif")
    assert (kept.media_type, kept.pages) == ("application/pdf", 3)
    with pikepdf.open(io.BytesIO(kept.content)) as pdf:
        assert len(pdf.pages) == 3


def test_what_is_drawn_in_a_pdf_stays_and_so_does_what_was_filled_in() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pikepdf.Stream(pdf, b"0 0 m 100 100 l S")
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, F=4,
            T=pikepdf.String("amount"), V=pikepdf.String("43.50"), Rect=[50, 700, 200, 720],
            DA=pikepdf.String("/Helv 12 Tf 0 g"), P=page.obj,
        )
    )  # fmt: skip
    page.obj.Annots = pikepdf.Array([field])
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]),
        DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font)),
        DA=pikepdf.String("/Helv 12 Tf 0 g"),
        NeedAppearances=True,
    )
    written = io.BytesIO()
    pdf.save(written)
    kept = clean(written.getvalue(), file_name="form.pdf")
    with pikepdf.open(io.BytesIO(kept.content)) as read:
        said = b"".join(one.read_bytes() for one in read.objects if isinstance(one, pikepdf.Stream))
        assert "/AcroForm" not in read.Root
        assert "/Annots" not in read.pages[0]
    assert b"100 100 l" in said
    assert b"(43.50)" in said
    assert kept.preview


def three_pages() -> bytes:
    """Red, green and blue, the last one lying."""
    pdf = pikepdf.new()
    for colour, size in (("1 0 0", (595, 842)), ("0 1 0", (595, 842)), ("0 0 1", (842, 595))):
        page = pdf.add_blank_page(page_size=size)
        page.Contents = pikepdf.Stream(pdf, f"{colour} rg 0 0 900 900 re f".encode())
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def test_each_page_is_drawn_as_large_as_one_reads() -> None:
    pages = three_pages()
    pictures = [Image.open(io.BytesIO(picture_of(pages, page=number))) for number in (1, 2, 3)]
    assert [one.format for one in pictures] == ["JPEG"] * 3
    middle = [one.getpixel((600, 400)) for one in pictures]
    assert [max((0, 1, 2), key=colour.__getitem__) for colour in middle] == [0, 1, 2]
    assert [one.width for one in pictures] == [1240, 1240, 1240]
    assert pictures[2].height < pictures[0].height <= 1755


@pytest.mark.parametrize("page", [0, 4, -1])
def test_a_page_that_is_not_there_is_not_drawn(page: int) -> None:
    with pytest.raises(Unfit):
        picture_of(three_pages(), page=page)


def test_what_is_no_pdf_is_not_drawn() -> None:
    with pytest.raises(Unfit):
        picture_of(a_photo(), page=1)


def test_no_more_are_drawn_at_once_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", 0.05)
    with ExitStack() as taken:
        for _ in range(sandbox.DRAWN_AT_ONCE):
            taken.enter_context(sandbox._DRAWING)  # as others at work do
        with pytest.raises(Unfit):
            picture_of(three_pages(), page=1)
    monkeypatch.setattr(sandbox, "PATIENCE", 20)
    assert picture_of(three_pages(), page=1)


def test_a_pdf_that_only_forbids_printing_is_taken() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for user, fault in (("", None), ("secret", Fault.PASSWORD)):
        written = io.BytesIO()
        pdf.save(written, encryption=pikepdf.Encryption(user=user, owner="owner"))
        if fault is None:
            assert clean(written.getvalue(), file_name="a.pdf").pages == 1
            continue
        with pytest.raises(Unfit) as refused:
            clean(written.getvalue(), file_name="a.pdf")
        assert refused.value.fault is fault


def in_the_child(code: str) -> str:
    """What a process says that is shut in as the one that reads files is."""
    script = (
        f"import sys, socket, os, threading; sys.path.insert(0, {str(SOURCE)!r})\n"
        "from havre.foundation.cleaning.lockdown import shut_in\nshut_in(seconds=2)\n"
        f"try:\n    {code}\n    print('done')\nexcept BaseException as e: print(type(e).__name__)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, timeout=60, check=False
    )
    return ran.stdout.decode().strip() or f"ended by {ran.returncode}"


@pytest.mark.skipif(sys.platform != "linux", reason="the calls are filtered on Linux")
@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "open('/etc/passwd')",
        "open('/tmp/written', 'w')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 9)",
        "os.listdir('/')",
        "os.unlink('/tmp/none')",
    ],
)
def test_who_reads_a_file_can_do_nothing_else(code: str) -> None:
    assert in_the_child(code) == "PermissionError"


def test_who_reads_a_file_can_compute_within_bounds() -> None:
    assert in_the_child("sum(range(1000))") == "done"
    assert (
        in_the_child("t = threading.Thread(target=len, args=('x',)); t.start(); t.join()") == "done"
    )
    assert in_the_child("bytearray(2 * 1024 ** 3)") == "MemoryError"
    assert in_the_child("[0 for _ in iter(int, 1)]") in {
        "ended by -24",
        "ended by -9",
        "MemoryError",
    }


def test_a_child_that_hangs_or_lies_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    monkeypatch.setattr(sandbox, "_CHILD", child)
    monkeypatch.setattr(sandbox, "PATIENCE", 2)
    for does in (
        "import time; time.sleep(60)",
        "raise SystemExit(1)",
        "print('{}')",
        "print('[1]')",
        'print(\'{"length": 9, "preview": 0, "pages": 1, "media_type": "image/png"}\')',
        'print(\'{"length": 0, "preview": 0, "pages": 1, "media_type": "text/html"}\')',
        'print(\'{"fault": "NONE"}\')',
    ):
        child.write_text(does)
        with pytest.raises(Unfit) as refused:
            clean(a_photo(), file_name="a.jpg")
        assert refused.value.fault is Fault.TOO_HEAVY
