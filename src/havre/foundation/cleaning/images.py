"""Pictures written anew: upright, without metadata, no larger than a page needs. Runs in the child."""

import io
from collections.abc import Callable

import pikepdf
from PIL import Image, ImageFile, ImageOps
from pillow_heif import register_heif_opener

from havre.foundation.cleaning.faults import Fault, Unfit

Rewritten = tuple[bytes, str, int, bytes | None]

LONGEST = 3508
"""Points on the long side: A4 at 300 points an inch."""
MOST_PIXELS = 120_000_000
MOST_PAGES = 200
_MOST_ON_A_SIDE = 60_000
PREVIEW = (900, 1270)
PREVIEWED = 4
"""How many pages a preview shows, one below the other."""
_FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "HEIC": "HEIF", "TIFF": "TIFF", "WEBP": "WEBP"}
_POINTS_AN_INCH = 72
_SCANNED_AT = 200

Image.MAX_IMAGE_PIXELS = None  # counted by ourselves, with a fault of its own
ImageFile.LOAD_TRUNCATED_IMAGES = False


def reader(kind: str) -> Callable[[bytes], Rewritten]:
    """What reads this kind and no other, with all that it will need already loaded."""
    register_heif_opener(thumbnails=False)
    prepare()

    def rewrite(content: bytes) -> Rewritten:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image:
            _measure(image)
            pages = getattr(image, "n_frames", 1) if kind == "TIFF" else 1
            if pages > MOST_PAGES:
                raise Unfit(Fault.TOO_MANY_PAGES)
            if pages > 1:
                return _several(image, pages)
            flat = upright(image)
        plain = flat.mode in {"1", "L"} or kind == "PNG"
        written = _png(flat) if plain else jpeg(flat)
        media_type = "image/png" if plain else "image/jpeg"
        return written, media_type, 1, preview_of([flat])

    return rewrite


def upright(image: Image.Image) -> Image.Image:
    """The picture itself, turned as it was held, on white, of at most :data:`LONGEST` points."""
    _measure(image)
    image.draft("RGB" if image.mode not in {"L", "1"} else "L", (LONGEST, LONGEST))
    image.load()
    flat = _on_white(ImageOps.exif_transpose(image))
    flat.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    return bare


def _measure(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > _MOST_ON_A_SIDE:
        raise Unfit(Fault.TOO_MANY_PIXELS)


def preview_of(pages: list[Image.Image]) -> bytes:
    """The first pages one below the other, each as wide as the widest."""
    small = []
    for page in pages[:PREVIEWED]:
        one = page.convert("RGB")
        one.thumbnail(PREVIEW, Image.Resampling.LANCZOS)
        small.append(one)
    width = max(one.width for one in small)
    gap = 12
    whole = Image.new(
        "RGB", (width, sum(one.height + gap for one in small) - gap), (0xE8, 0xE8, 0xE8)
    )
    top = 0
    for one in small:
        whole.paste(one, ((width - one.width) // 2, top))
        top += one.height + gap
    return jpeg(whole, quality=75)


def jpeg(image: Image.Image, *, quality: int = 86) -> bytes:
    written = io.BytesIO()
    image.convert("L" if image.mode in {"1", "L"} else "RGB").save(written, "JPEG", quality=quality)
    return written.getvalue()


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":  # sixteen bits a point
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(white, shown).convert("RGB")
    return image.convert("RGB")


def _several(image: Image.Image, pages: int) -> Rewritten:
    """The pages of a fax or a scan as a PDF, one JPEG a page."""
    pdf = pikepdf.new()
    shown = []
    for number in range(pages):
        image.seek(number)
        one = upright(image)
        _add_page(pdf, one)
        if number < PREVIEWED:
            shown.append(one)
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue(), "application/pdf", pages, preview_of(shown)


def _add_page(pdf: pikepdf.Pdf, image: Image.Image) -> None:
    # A page has three units a side at least.
    width, height = (max(3, side * _POINTS_AN_INCH / _SCANNED_AT) for side in image.size)
    gray = image.mode in {"1", "L"}
    drawn = pikepdf.Stream(
        pdf,
        jpeg(image),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceGray if gray else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=drawn))
    page.Contents = pikepdf.Stream(pdf, f"{width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do".encode())


def prepare() -> bytes:
    """Draw something once, so that nothing has to be loaded when no file can be opened any more.

    A PDF of one page, for who wants to go on.
    """
    Image.init()
    small = Image.new("RGBA", (64, 64))
    with Image.open(io.BytesIO(_png(small))) as image:
        preview_of([upright(image)])
    pdf = pikepdf.new()
    _add_page(pdf, small.convert("L"))
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()
