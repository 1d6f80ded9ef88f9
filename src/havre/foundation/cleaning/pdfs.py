"""A PDF written anew with what is drawn on its pages, and nothing else. Runs in the child.

It is not searched for what could act: a list of that is never complete. A new file is made, and of each
page only its size, its drawing and what the drawing names are taken over. So scripts, actions, files
inside, forms, links and metadata are left behind, whatever they are called and wherever they hide. What
was filled in a form or stamped on a page is drawn on it first.
"""

import io
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2

from havre.foundation.cleaning import images, pages, scans
from havre.foundation.cleaning.faults import Fault, Unfit

Rewritten = images.Rewritten

_OF_A_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group")
# In what a drawing names, these lead out of it: to programs, to other files, to where it was made. A
# dictionary may be a list of names that somebody chose (a font called /F): there, only what nobody chooses.
_LEADS_OUT = (
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/Metadata",
    "/OpenAction",
    "/PieceInfo",
    "/XFA",
)
_LEADS_OUT_OF_A_STREAM = (
    *_LEADS_OUT,
    *("/A", "/AA", "/AF", "/Alternates", "/EF", "/F", "/FDecodeParms", "/FFilter", "/LastModified"),
    *(
        "/Measure",
        "/Next",
        "/OPI",
        "/PtData",
        "/Ref",
        "/RF",
        "/StructParent",
        "/StructParents",
        "/URI",
    ),
)
_MOST_INFLATED = 300 * 1024 * 1024
_INFLATED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}


def reader() -> Callable[[bytes], Rewritten]:
    """What reads a PDF, with all that it will need already loaded."""
    with pikepdf.open(io.BytesIO(scans.prepare())) as sample:
        locked = io.BytesIO()
        # Under a key of the owner's alone: what opens it asks the system for chance, the first time.
        sample.save(locked, encryption=pikepdf.Encryption(owner="owner"))
    rewrite(locked.getvalue())
    return rewrite


def rewrite(content: bytes) -> Rewritten:
    """The pages, drawn anew, and a picture of the first ones. Refuses ``Unfit``."""
    try:
        with pikepdf.open(io.BytesIO(content)) as given:
            count = _counted(given)
            _flatten(given)
            made = _copied(given)
    except pikepdf.PasswordError:
        raise Unfit(Fault.PASSWORD) from None
    written = io.BytesIO()
    made.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    result = written.getvalue()
    return result, "application/pdf", count, _preview(result)


def _counted(pdf: pikepdf.Pdf) -> int:
    count = len(pdf.pages)
    if count == 0:
        raise Unfit(Fault.DAMAGED)
    if count > images.MOST_PAGES:
        raise Unfit(Fault.TOO_MANY_PAGES)
    return count


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Draw on the pages what fields and stamps show, so that it stays."""
    if "/AcroForm" in pdf.Root and "/XFA" in pdf.Root.AcroForm:
        del pdf.Root.AcroForm["/XFA"]
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _copied(given: pikepdf.Pdf) -> pikepdf.Pdf:
    made = pikepdf.new()
    for page in given.pages:
        for name in set(page.obj.keys()) - {*_OF_A_PAGE, "/Type", "/Parent"}:
            del page.obj[name]
        made.pages.append(page)
    for one in made.objects:
        _bare(one)
    _measured(made)
    return made


def _bare(value: pikepdf.Object) -> None:
    """Of an object and what it holds itself, take away what leads out. What it points to is met by itself."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            stream = isinstance(one, pikepdf.Stream)
            for name in _LEADS_OUT_OF_A_STREAM if stream else _LEADS_OUT:
                if name in one:
                    del one[name]
            waiting += [inner for _name, inner in one.items() if _within(inner)]
        elif isinstance(one, pikepdf.Array):
            waiting += [inner for inner in one if _within(inner)]


def _within(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _measured(pdf: pikepdf.Pdf) -> None:
    """What is packed small and opens large would fill the memory of whoever opens it next."""
    inflated = 0
    for stream in _streams(pdf):
        if stream.get("/Subtype") == "/Image":
            pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
            if pixels > images.MOST_PIXELS:
                raise Unfit(Fault.TOO_MANY_PIXELS)
        if _filters(stream) & _INFLATED:
            inflated += len(stream.get_raw_stream_buffer()) and _length(stream)
            if inflated > _MOST_INFLATED:
                raise Unfit(Fault.TOO_HEAVY)


def _length(stream: pikepdf.Stream) -> int:
    try:
        return len(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized))
    except pikepdf.PdfError:  # a part in another code, or one that nobody can read: it stays packed
        return 0


def _streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream):
            yield one


def _filters(stream: pikepdf.Stream) -> set[str]:
    said = stream.get("/Filter")
    if isinstance(said, pikepdf.Array):
        return {str(one) for one in said}
    return {str(said)} if said is not None else set()


def _preview(content: bytes) -> bytes | None:
    """The first pages as pictures; none where they cannot be drawn."""
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            first = range(min(len(pdf), images.PREVIEWED))
            shown = [pages.drawn(pdf[number], box=images.PREVIEW) for number in first]
        return images.preview_of(shown)
    except (pypdfium2.PdfiumError, ValueError):
        return None
