"""The pages of a fax or a scan, written anew as one PDF. Runs in the child."""

import io

import pikepdf
from PIL import Image, TiffImagePlugin  # noqa: F401  # registers itself

from havre.foundation.cleaning import images
from havre.foundation.cleaning.faults import Fault, Unfit

_POINTS_AN_INCH = 72
_SCANNED_AT = 200


def several(image: Image.Image) -> images.Rewritten | None:
    """A PDF of one JPEG a page; none where there is a single page. Refuses ``Unfit``."""
    pages = getattr(image, "n_frames", 1)
    if pages > images.MOST_PAGES:
        raise Unfit(Fault.TOO_MANY_PAGES)
    if pages == 1:
        return None
    pdf = pikepdf.new()
    shown = []
    for number in range(pages):
        image.seek(number)
        one = images.upright(image)
        _add_page(pdf, one)
        if number < images.PREVIEWED:
            shown.append(one)
    return _written(pdf), "application/pdf", pages, images.preview_of(shown)


def prepare() -> bytes:
    """Write one page, so that nothing has to be loaded later; a PDF, for who wants to go on."""
    images.prepare("TIFF")
    pdf = pikepdf.new()
    _add_page(pdf, Image.new("L", (64, 64)))
    return _written(pdf)


def _written(pdf: pikepdf.Pdf) -> bytes:
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _add_page(pdf: pikepdf.Pdf, image: Image.Image) -> None:
    # A page has three units a side at least.
    width, height = (max(3, side * _POINTS_AN_INCH / _SCANNED_AT) for side in image.size)
    gray = image.mode in {"1", "L"}
    drawn = pikepdf.Stream(
        pdf,
        images.jpeg(image),
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
