"""Pictures that carry, lie about their size, or never end."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from havre.commons.documents.words import Fault, UploadState
from tests.commons.documents.hostile import MARK, Hostile, good

READY = UploadState.READY


def _chunk(kind: bytes, content: bytes) -> bytes:
    packed = kind + content
    return struct.pack("!I", len(content)) + packed + struct.pack("!I", zlib.crc32(packed))


def _png(width: int, height: int, *chunks: bytes, rows: bytes = b"\0\0\0\0") -> bytes:
    head = _chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + body + _chunk(b"IEND", b"")


def _pngs() -> Iterator[tuple[str, bytes, Fault | UploadState | None]]:
    bomb = zlib.compress(bytes(60_000_000), 9)
    yield "a size that lies", _png(60_000, 60_000), Fault.TOO_MANY_PIXELS
    yield "a line without end", _png(2_000_000, 1), Fault.TOO_MANY_PIXELS
    yield "no size", _png(0, 0), None
    yield "a text bomb", _png(1, 1, _chunk(b"zTXt", b"a\0\0" + bomb)), None
    yield "a text bomb in letters", _png(1, 1, _chunk(b"iTXt", b"a\0\1\0\0\0" + bomb)), None
    yield "a profile bomb", _png(1, 1, _chunk(b"iCCP", b"a\0\0" + bomb)), None
    yield "ten thousand texts", _png(1, 1, *[_chunk(b"tEXt", b"a\0" + MARK)] * 10_000), READY
    yield "a chunk as long as can be", _png(1, 1, b"\x7f\xff\xff\xfftEXt"), None
    yield "a script in a text", _png(1, 1, _chunk(b"tEXt", b"a\0<script>" + MARK)), READY
    yield "more rows than it says", _png(1, 1, rows=bytes(80_000_000)), None
    wide = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(wide, "PNG")
    yield "nine hundred million points", wide.getvalue(), Fault.TOO_MANY_PIXELS
    whole = good.image("PNG")
    yield "a byte that differs", whole[:60] + bytes([whole[60] ^ 255]) + whole[61:], Fault.DAMAGED
    for part in (1, 2, 3):
        yield f"{part} quarters", whole[: len(whole) * part // 4], Fault.DAMAGED
    for what, tail in (("a zip", b"PK\x03\x04"), ("a page", b"<script>"), ("PHP", b"<?php ")):
        yield f"{what} behind it", whole + tail + MARK, READY


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack("!BBH", 0xFF, marker, len(content) + 2) + content


def _jpegs() -> Iterator[tuple[str, bytes, Fault | UploadState | None]]:
    whole = good.image("JPEG")

    def holding(*segments: bytes) -> bytes:
        return whole[:2] + b"".join(segments) + whole[2:]

    yield "PHP in a comment", holding(_segment(0xFE, b"<?php " + MARK)), READY
    yield "a page in a comment", holding(_segment(0xFE, b"<script>" + MARK)), READY
    yield "a place", holding(_segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + MARK)), READY
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + MARK
    yield "XMP with more than it says", holding(_segment(0xE1, xmp)), READY
    yield "a profile of noise", holding(_segment(0xE2, b"ICC_PROFILE\0\1\1" + MARK * 9)), READY
    yield "an IPTC of noise", holding(_segment(0xED, b"Photoshop 3.0\08BIM" + MARK)), READY
    yield "a thousand comments", holding(*[_segment(0xFE, MARK * 40)] * 1000), READY
    for what, tail in (("a zip", b"PK\x03\x04"), ("a page", b"<html>"), ("a PDF", b"%PDF-1.7")):
        yield f"{what} behind it", whole + tail + MARK, READY
    start = whole.index(b"\xff\xc0") + 5
    vast = whole[:start] + b"\xff\xff\xff\xff" + whole[start + 4 :]
    yield "a size that lies", vast, Fault.TOO_MANY_PIXELS
    for part in (1, 2, 3):
        yield f"{part} quarters", whole[: len(whole) * part // 4], Fault.DAMAGED
    yield "a head and noise", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, Fault.DAMAGED
    yield "a head and a script", b"\xff\xd8\xff/*" + MARK + b"*/=1;", Fault.DAMAGED
    slow = io.BytesIO()
    Image.new("RGB", (4000, 4000)).save(slow, "JPEG", progressive=True)
    scans = slow.getvalue()
    last = scans.rindex(b"\xff\xda")
    yield "ten thousand scans", scans[:-2] + scans[last:-2] * 10_000 + b"\xff\xd9", None


def _entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHII", tag, kind, count, value)


def _tiff(*entries: bytes, following: int = 0) -> bytes:
    ifd = struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", following)
    return b"II*\0\x08\0\0\0" + ifd + bytes(64)


def _tiffs() -> Iterator[tuple[str, bytes, Fault | UploadState | None]]:
    size = (_entry(256, 4, 1, 4), _entry(257, 4, 1, 4))
    rest = (_entry(258, 3, 1, 8), _entry(259, 3, 1, 1), _entry(262, 3, 1, 1))
    strip = (_entry(273, 4, 1, 8), _entry(278, 4, 1, 4), _entry(279, 4, 1, 16))
    yield "a directory without end", b"II*\0\x08\0\0\0\xff\xff" + bytes(900_000), None
    yield "a directory that is its own next", _tiff(*size, *rest, *strip, following=8), None
    yield "a directory outside", b"II*\0\xff\xff\xff\x7f", None
    yield (
        "a size that lies",
        _tiff(_entry(256, 4, 1, 2**31 - 1), _entry(257, 4, 1, 2**31 - 1), *rest, *strip),
        None,
    )
    yield (
        "a strip outside",
        _tiff(
            *size, *rest, _entry(273, 4, 1, 2**31), _entry(278, 4, 1, 4), _entry(279, 4, 1, 2**31)
        ),
        None,
    )
    yield "a tag of four thousand million", _tiff(*size, *rest, _entry(700, 1, 2**32 - 1, 8)), None
    yield "no entries", _tiff(), None
    many = io.BytesIO()
    page = Image.new("1", (8, 8))
    page.save(many, "TIFF", save_all=True, append_images=[page] * 300)
    yield "three hundred pages", many.getvalue(), Fault.TOO_MANY_PAGES
    whole = good.image("TIFF", compression="tiff_lzw", description=MARK.decode())
    yield "a description", whole, READY
    for part in (1, 2, 3):
        yield f"{part} quarters", whole[: len(whole) * part // 4], None


def _others() -> Iterator[tuple[str, str, bytes, Fault | UploadState | None]]:
    heic, webp = good.image("HEIF"), good.image("WEBP")
    for brand in (b"heic", b"heix", b"mif1"):
        yield f"{brand.decode()} of noise", "p.heic", b"\0\0\0\x18ftyp" + brand + MARK * 50, None
    yield "boxes in boxes", "p.heic", heic[:40] + b"\0\0\xff\xffmeta" * 5000, None
    for number in range(40, len(heic), max(len(heic) // 8, 1)):
        broken = heic[:number] + bytes([heic[number] ^ 255]) + heic[number + 1 :]
        yield f"a byte that differs at {number}", "p.heic", broken, None
    yield "half of one", "p.heic", heic[: len(heic) // 2], Fault.DAMAGED
    yield "a page behind it", "p.heic", heic + b"<script>" + MARK, READY
    yield "noise", "p.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X" + MARK * 20, Fault.DAMAGED
    yield "half of one", "p.webp", webp[: len(webp) // 2], Fault.DAMAGED
    yield "a page behind it", "p.webp", webp + b"<script>" + MARK, READY


def files() -> Iterator[Hostile]:
    for ending, made in (("png", _pngs()), ("jpg", _jpegs()), ("tiff", _tiffs())):
        for what, content, end in made:
            yield Hostile(f"{ending} with {what}", f"photo.{ending}", content, end)
    for what, name, content, end in _others():
        yield Hostile(f"{name} with {what}", name, content, end)
