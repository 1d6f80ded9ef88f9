"""Names that would lead elsewhere, show another one, or break a header. The photo is harmless."""

from collections.abc import Iterator

from havre.commons.documents.words import Fault, UploadState
from tests.commons.documents.hostile import Hostile, good

KEPT = (
    "../../../etc/cron.d/x.jpg",
    "..\\..\\windows\\x.jpg",
    "/etc/passwd.jpg",
    "C:\\autoexec.jpg",
    "\u202egpj.exe\u202c.jpg",
    "a\u2066b\u2069.jpg",
    "nul\0byte.jpg",
    "two\r\nSet-Cookie: x=1.jpg",
    "tab\there.jpg",
    "CON.jpg",
    "aux.jpeg",
    "lpt1.jpg",
    "x" * 300 + ".jpg",
    "é" * 300 + ".jpg",
    '"quoted"; filename="x.exe.jpg',
    "<script>alert(1)</script>.jpg",
    "{{ 7*7 }}.jpg",
    "%2e%2e%2fx.jpg",
    "$(reboot).jpg",
    "; rm -rf ~.jpg",
    "x.exe.jpg",
    "x.php%00.jpg",
    "\u200b\u200d.jpg",
    "e\u0301.jpg",
    "\U0001f4a9.jpg",
    "jpg",
    "...",
    "",
)
STRIPPED = {"x.jpg.", ".htaccess", "x.jpg/.php"}  # down to a name with no ending, or a true one
REFUSED = ("x.jpg.exe", "x.jpg.", "x.jpg::$DATA", ".htaccess", "x.jpg/.php")


def files() -> Iterator[Hostile]:
    for number, name in enumerate(KEPT):
        yield Hostile(f"name {number}", name, good.image("JPEG"), UploadState.READY)
    for number, name in enumerate(REFUSED):
        end = Fault.MISNAMED if name not in STRIPPED else UploadState.READY
        yield Hostile(f"ending {number}", name, good.image("JPEG"), end)
