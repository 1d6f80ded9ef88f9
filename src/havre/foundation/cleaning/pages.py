"""A page of a PDF as a picture. Runs in the child."""

from collections.abc import Callable

import pypdfium2
from PIL import Image

from havre.foundation.cleaning import images
from havre.foundation.cleaning.faults import Fault, Unfit

READABLE = (1240, 1754)
"""Points of a page that somebody reads: A4 at 150 points an inch."""
_LARGEST_PAGE = 14_400  # units of a page: what the format allows


def drawer(number: int) -> Callable[[bytes], images.Rewritten]:
    """What draws this page, from one, with all that it will need already loaded."""
    images.prepare("JPEG")
    with pypdfium2.PdfDocument.new() as sample:
        drawn(sample.new_page(72, 72), box=images.PREVIEW)

    def draw(content: bytes) -> images.Rewritten:
        try:
            with pypdfium2.PdfDocument(content) as pdf:
                pages = len(pdf)
                if not 1 <= number <= pages:
                    raise Unfit(Fault.EMPTY)
                page = drawn(pdf[number - 1], box=READABLE)
        except (pypdfium2.PdfiumError, ValueError):
            raise Unfit(Fault.DAMAGED) from None
        return images.jpeg(page, quality=80), "image/jpeg", pages, None

    return draw


def drawn(page: pypdfium2.PdfPage, *, box: tuple[int, int]) -> Image.Image:
    """The page as large as the box has room for it. Refuses ``ValueError`` for one of no size."""
    width, height = page.get_size()
    if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
        raise ValueError("a page of no size, or of too much")
    scale = min(box[0] / width, box[1] / height)
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return picture
