"""PDFs that act, hide, lie about their shape or fill the memory."""

import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from havre.commons.documents.words import Fault, UploadState
from tests.commons.documents.hostile import MARK, Hostile, good

READY = UploadState.READY
_TEXT = MARK.decode()


def _script(pdf: Pdf) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{_TEXT}')")))


def _actions(pdf: Pdf) -> dict[str, pikepdf.Object]:
    there = Dictionary(F=String(f"\\\\host\\{_TEXT}"))
    return {
        "script": _script(pdf),
        "script in a stream": Dictionary(S=Name.JavaScript, JS=Stream(pdf, MARK)),
        "launch": Dictionary(S=Name.Launch, F=String(_TEXT), Win=there),
        "address": Dictionary(S=Name.URI, URI=String(f"http://{_TEXT}")),
        "form that sends itself": Dictionary(S=Name.SubmitForm, F=String(f"http://{_TEXT}")),
        "form that loads": Dictionary(S=Name.ImportData, F=String(_TEXT)),
        "another file": Dictionary(S=Name.GoToR, F=there, D=Array([0])),
        "a file inside": Dictionary(S=Name.GoToE, F=there),
        "rendition": Dictionary(S=Name.Rendition, JS=String(_TEXT)),
        "one behind another": Dictionary(S=Name.Named, N=Name.NextPage, Next=_script(pdf)),
    }


def _acting() -> Iterator[tuple[str, bytes]]:
    for what in _actions(good.a_pdf()):
        for where in ("opening", "page", "annotation"):
            pdf = good.a_pdf()
            action = _actions(pdf)[what]
            if where == "opening":
                pdf.Root.OpenAction = action
            elif where == "page":
                pdf.pages[0].obj.AA = Dictionary(O=action)
            else:
                pdf.pages[0].obj.Annots = Array(
                    [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)]
                )
            yield f"{what} on {where}", good.written(pdf)


def _named_script(pdf: Pdf) -> None:
    names = Dictionary(Names=Array([String("x"), _script(pdf)]))
    pdf.Root.Names = Dictionary(JavaScript=names)


def _file_inside(pdf: Pdf) -> None:
    pdf.attachments["macro.exe"] = b"MZ" + MARK


def _attached_to_a_page(pdf: Pdf) -> None:
    inner = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=Stream(pdf, MARK)))
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=inner)]
    )


def _portfolio(pdf: Pdf) -> None:
    _file_inside(pdf)
    pdf.Root.Collection = Dictionary(View=Name.T, D=String(_TEXT))


def _xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp>" + MARK + b"</xdp>"))


def _field_script(pdf: Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("f"), V=String("1"),
        Rect=[0, 0, 90, 20], AA=Dictionary(K=_script(pdf), C=_script(pdf)), P=pdf.pages[0].obj,
    )  # fmt: skip
    widget = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), CO=Array([widget]))


def _rich_media(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot, Subtype=subtype, Rect=[0, 0, 9, 9], Contents=String(_TEXT),
                RichMediaContent=Dictionary(Assets=Stream(pdf, MARK)),
            )
            for subtype in (Name.RichMedia, Name.Movie, Name.Sound, Name("/3D"), Name.Screen)
        ]
    )  # fmt: skip


def _metadata(pdf: Pdf) -> None:
    pdf.Root.Metadata = Stream(pdf, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///">]>' + MARK)
    pdf.docinfo["/Author"] = _TEXT
    pdf.pages[0].obj.Metadata = Stream(pdf, MARK)
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(_TEXT)))


def _in_a_drawing(pdf: Pdf) -> None:
    form = Stream(
        pdf, b"0 0 m", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9],
        OPI=Dictionary(F=String(_TEXT)), Ref=Dictionary(F=String(_TEXT)), PieceInfo=_script(pdf),
        Metadata=Stream(pdf, MARK), AA=_script(pdf),
    )  # fmt: skip
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))


def _bytes_elsewhere(pdf: Pdf) -> None:
    outside = Stream(pdf, b"", F=String(f"http://{_TEXT}"), FFilter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = outside


def _outline(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String(_TEXT), A=_script(pdf)))
    pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)


HIDING: dict[str, Callable[[Pdf], None]] = {
    "a script by name": _named_script,
    "a file inside": _file_inside,
    "a file on a page": _attached_to_a_page,
    "a portfolio": _portfolio,
    "an XFA form": _xfa,
    "scripts of a field": _field_script,
    "rich media": _rich_media,
    "metadata": _metadata,
    "what a drawing names": _in_a_drawing,
    "a stream elsewhere": _bytes_elsewhere,
    "an outline that acts": _outline,
}


def _locked() -> Iterator[tuple[str, bytes]]:
    for revision in (2, 3, 4, 6):
        lock = pikepdf.Encryption(
            user="secret", owner="owner", R=revision, aes=revision > 3, metadata=revision > 3
        )
        yield f"a password, revision {revision}", good.written(good.a_pdf(), encryption=lock)


def _raw(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Objects numbered from 1, of which the first is the catalogue; no table of references."""
    body = b"".join(b"%d 0 obj %s endobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R /Size 99 " + trailer + b">>\n%%EOF"


_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"


def _misshapen() -> Iterator[tuple[str, bytes]]:
    yield "nothing but a head", b"%PDF-1.7\n"
    yield "a head and noise", b"%PDF-1.7\n" + bytes(range(256)) * 40
    yield "no pages", _raw(b"<</Type/Catalog>>")
    yield "pages that are themselves", _raw(_CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
    yield "a count that lies", _raw(_CATALOGUE, b"<</Type/Pages/Kids[]/Count 2147483647>>")
    yield (
        "a table before itself",
        _raw(_CATALOGUE, b"<</Kids[]>>", trailer=b"/Prev 9") + (b"\nstartxref\n9\n%%EOF"),
    )
    yield "arrays in arrays", _raw(_CATALOGUE, b"[" * 200_000)
    yield (
        "a length by itself",
        _raw(
            _CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, b"<</Length 4 0 R>>stream\nx"
        ),
    )
    whole = good.pdf()
    for quarter in (1, 2, 3):
        yield f"{quarter} quarters of one", whole[: len(whole) * quarter // 4]


def _many_pages() -> bytes:
    pdf = good.a_pdf()
    for _page in range(1000):
        pdf.add_blank_page()
    return good.written(pdf)


def _bomb(times: int, megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    zeros = bytes(1024 * 1024)
    packed = b"".join([*(packer.compress(zeros) for _ in range(megabytes)), packer.flush()])
    for _level in range(times - 1):
        packed = zlib.compress(packed, 9)
    pdf = good.a_pdf()
    drawing = Stream(pdf, packed)
    drawing.Filter = Array([Name.FlateDecode] * times)
    pdf.pages[0].obj.Contents = drawing
    return good.written(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _vast_image() -> bytes:
    pdf = good.a_pdf()
    drawn = Stream(
        pdf, b"\0", Type=Name.XObject, Subtype=Name.Image, Width=2_000_000, Height=2_000_000,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=drawn))
    return good.written(pdf)


def _vast_page() -> bytes:
    pdf = good.a_pdf()
    pdf.pages[0].obj.MediaBox = Array([0, 0, 10**9, 10**9])
    return good.written(pdf)


def _one(what: str, content: bytes, end: Fault | UploadState | None) -> Hostile:
    return Hostile(f"PDF with {what}", "facture.pdf", content, end)


def files() -> Iterator[Hostile]:
    for what, content in _acting():
        yield _one(what, content, READY)
    for what, hide in HIDING.items():
        pdf = good.a_pdf()
        hide(pdf)
        yield _one(what, good.written(pdf), READY)
    for what, content in _locked():
        yield _one(what, content, Fault.PASSWORD)
    for what, content in _misshapen():
        yield _one(what, content, None)
    yield _one("a thousand pages", _many_pages(), Fault.TOO_MANY_PAGES)
    yield _one("a bomb", _bomb(1, 350), Fault.TOO_HEAVY)
    yield _one("a bomb in a bomb", _bomb(3, 350), Fault.TOO_HEAVY)
    yield _one("a vast image", _vast_image(), Fault.TOO_MANY_PIXELS)
    yield _one("a vast page", _vast_page(), None)
    for what, tail in {
        "a zip": b"PK\x03\x04" + MARK,
        "a page": b"<script>" + MARK + b"</script>",
        "a program": b"MZ" + MARK,
    }.items():
        yield _one(f"{what} behind it", good.pdf() + tail, READY)
        yield _one(
            f"{what} in its head", good.pdf().replace(b"\n", b"\n%" + tail + b"\n", 1), READY
        )
