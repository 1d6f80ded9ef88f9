"""Papers of the demo as a phone would take them: drawn here, of nobody and by nobody."""

import unicodedata
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_SIZE = (900, 1200)
_TABLE, _PAPER, _INK = "#8d8578", "#fbfaf5", "#23303a"


@dataclass(frozen=True)
class Photo:
    """A file that goes with a request: for which paper, and what is written on it."""

    piece: str
    title: str
    lines: tuple[str, ...]

    @property
    def file_name(self) -> str:
        return f"{self.piece}.jpg"

    def content(self) -> bytes:
        """The file."""
        image = Image.new("RGB", _SIZE, _TABLE)
        drawn = ImageDraw.Draw(image)
        drawn.rectangle((70, 60, 830, 1140), fill=_PAPER)
        drawn.text((120, 120), _plain(self.title), fill=_INK, font=ImageFont.load_default(40))
        for place, line in enumerate(self.lines):
            at = (120, 230 + 60 * place)
            drawn.text(at, _plain(line), fill=_INK, font=ImageFont.load_default(28))
        written = BytesIO()
        image.rotate(-1.5, fillcolor=_TABLE).save(written, "JPEG", quality=80)
        return written.getvalue()


def _plain(text: str) -> str:
    """As a cash register prints it, without accents: Pillow's own font has none."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
