"""Pictures written anew: upright, without metadata, no larger than a page needs. Runs in the child."""

import io
from collections.abc import Callable

# The last two read what a phone puts into a JPEG: its words, and a second picture.
from PIL import Image, ImageFile, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401

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

Image.MAX_IMAGE_PIXELS = None  # counted by ourselves, with a fault of its own
ImageFile.LOAD_TRUNCATED_IMAGES = False


def reader(kind: str) -> Callable[[bytes], Rewritten]:
    """What reads this kind and no other, with all that it will need already loaded."""
    scanned = _loaded(kind)

    def rewrite(content: bytes) -> Rewritten:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image:
            _measure(image)
            if scanned and (several := scanned(image)):
                return several
            flat = upright(image)
        plain = flat.mode in {"1", "L"} or kind == "PNG"
        written = _png(flat) if plain else jpeg(flat)
        media_type = "image/png" if plain else "image/jpeg"
        return written, media_type, 1, preview_of([flat])

    return rewrite


def _loaded(kind: str) -> Callable[[Image.Image], Rewritten | None] | None:
    """Load what this kind needs; where it may have several pages, what writes them."""
    if kind == "HEIC":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        prepare()
        return None
    if kind == "TIFF":
        from havre.foundation.cleaning import scans

        scans.prepare()
        return scans.several
    if kind == "WEBP":
        from PIL import WebPImagePlugin  # noqa: F401  # registers itself
    prepare(_FORMATS[kind])
    return None


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


def prepare(*kinds: str) -> None:
    """Draw something once, so that nothing has to be loaded when no file can be opened any more."""
    small = Image.new("RGBA", (64, 64))
    for kind in ("PNG", *kinds):
        written = io.BytesIO()
        small.convert("RGB").save(written, kind)
        with Image.open(io.BytesIO(written.getvalue()), formats=[kind]) as image:
            preview_of([upright(image)])
