"""What is no paper, under the name of one; and papers under each other's names."""

import gzip
import io
import zipfile
from collections.abc import Iterator

from havre.commons.documents.words import Fault
from tests.commons.documents.hostile import MARK, Hostile, good

_SCRIPT = b"<script>" + MARK + b"</script>"


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _nested(depth: int) -> bytes:
    inner = _zip(bomb=bytes(8_000_000))
    for _level in range(depth):
        inner = _zip(**{f"bomb{number}": inner for number in range(8)})
    return inner


def contents() -> dict[str, bytes]:
    """Each with its usual beginning, and the mark."""
    return {
        "html": b"<!doctype html><html>" + _SCRIPT,
        "html after a blank": b"\n\n  <html>" + _SCRIPT,
        "html with a byte order mark": b"\xef\xbb\xbf<html>" + _SCRIPT,
        "html in UTF-16": ("<html>" + _SCRIPT.decode()).encode("utf-16"),
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="' + MARK + b'"/>',
        "svg in xml": b'<?xml version="1.0"?><svg>' + _SCRIPT + b"</svg>",
        "xml with an entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "billion laughs": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        "script": b"eval('" + MARK + b"')",
        "php": b"<?php system('" + MARK + b"');",
        "shell": b"#!/bin/sh\n" + MARK,
        "batch": b"@echo off\r\n" + MARK,
        "powershell": b"IEX(" + MARK + b")",
        "mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + _SCRIPT,
        "windows program": b"MZ\x90\0" + MARK,
        "linux program": b"\x7fELF\x02\x01" + MARK,
        "mac program": b"\xcf\xfa\xed\xfe" + MARK,
        "java class": b"\xca\xfe\xba\xbe" + MARK,
        "wasm": b"\0asm\x01\0\0\0" + MARK,
        "shortcut": b"L\0\0\0\x01\x14\x02\0" + MARK,
        "cabinet": b"MSCF" + MARK,
        "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK,
        "rtf": b"{\\rtf1\\object" + MARK,
        "postscript": b"%!PS-Adobe-3.0 EPSF\n" + MARK,
        "fdf": b"%FDF-1.2\n" + MARK,
        "7z": b"7z\xbc\xaf\x27\x1c" + MARK,
        "rar": b"Rar!\x1a\x07\x01\0" + MARK,
        "xz": b"\xfd7zXZ\0" + MARK,
        "gif": b"GIF89a/*" + MARK,
        "bmp": b"BM" + MARK,
        "icon": b"\0\0\x01\0" + MARK,
        "photoshop": b"8BPS" + MARK,
        "djvu": b"AT&TFORM" + MARK,
        "avif": b"\0\0\0\x20ftypavif" + MARK,
        "film": b"\0\0\0\x20ftypisom" + MARK,
        "matroska": b"\x1a\x45\xdf\xa3" + MARK,
        "wave": b"RIFF\0\0\0\0WAVE" + MARK,
        "big tiff": b"II+\0\x08\0\0\0" + MARK,
        "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + MARK,
        "csv with a formula": b"=cmd|'/c calc'!A1",
        "zeros": bytes(4096),
        "one byte": b"%",
        "half a head of a PDF": b"%PDF",
        "half a head of a PNG": b"\x89PNG\r\n",
        "PDF behind a thousand bytes": b"A" * 1000 + good.pdf(),
        "office with macros": _zip(
            **{"[Content_Types].xml": b"<Types/>", "word__vbaProject.bin": MARK, "word__d": b"x"}
        ),
        "sheet with macros": _zip(**{"xl__vbaProject.bin": MARK}),
        "java archive": _zip(**{"META-INF__MANIFEST.MF": MARK}),
        "zip bomb": _nested(1),
        "gzip bomb": gzip.compress(bytes(20_000_000)),
        "path out of a zip": _zip(**{"..__..__etc__passwd": MARK}),
    }


def files() -> Iterator[Hostile]:
    for what, content in contents().items():
        for ending in ("pdf", "jpg"):
            yield Hostile(f"{what} as .{ending}", f"paper.{ending}", content, Fault.UNKNOWN_TYPE)
    yield Hostile("nothing at all", "paper.pdf", b"", Fault.EMPTY)
    papers = {
        "pdf": good.pdf(),
        "jpg": good.image("JPEG"),
        "png": good.image("PNG"),
        "tif": good.image("TIFF"),
        "webp": good.image("WEBP"),
        "heic": good.image("HEIF"),
    }
    for real, content in papers.items():
        for said in (*papers, "html", "exe"):
            if said != real:
                yield Hostile(f"{real} as .{said}", f"paper.{said}", content, Fault.MISNAMED)
