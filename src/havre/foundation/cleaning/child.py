"""The child process: reads a file on its input, writes on its output what is left of it.

Started by path with an empty environment; never imported by the server. It answers one line of JSON,
then the bytes that the line counts.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from havre.foundation.cleaning.faults import Fault, Unfit
from havre.foundation.cleaning.lockdown import shut_in


def main(kind: str, seconds: str, page: str = "") -> None:
    if page:
        from havre.foundation.cleaning import pages

        rewrite = pages.drawer(int(page))
    elif kind == "PDF":
        from havre.foundation.cleaning import pdfs

        rewrite = pdfs.reader()
    else:
        from havre.foundation.cleaning import images

        rewrite = images.reader(kind)
    shut_in(seconds=int(seconds))
    try:
        content, media_type, count, preview = rewrite(sys.stdin.buffer.read())
        told = {"length": len(content), "preview": len(preview or b"")}
        _say({**told, "media_type": media_type, "pages": count}, content, preview or b"")
    except Unfit as refused:
        _say({"fault": refused.fault})
    except MemoryError:
        _say({"fault": Fault.TOO_HEAVY})
    except Exception:  # noqa: BLE001  # whatever a library says of a file that it cannot read
        _say({"fault": Fault.DAMAGED})


def _say(told: dict[str, object], *parts: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
