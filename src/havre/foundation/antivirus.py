"""Asking a ClamAV daemon (clamd) about a file, over its socket.

The protocol is clamd(8): ``zINSTREAM``, then pieces preceded by their length in four bytes, the most
significant first, then a length of zero; the answer ends with a zero byte.
"""

import socket
import struct
from collections.abc import Iterable

_SECONDS = 60.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerDown(Exception):
    """The daemon cannot be reached, or does not answer as it should: nothing is known of the file."""


def scan(content: bytes, *, address: str) -> str | None:
    """The name of what was found in the bytes, none where nothing was. Refuses ``ScannerDown``.

    ``address`` is the path of a socket, or ``host:port``.
    """
    said = _asked(b"zINSTREAM\0", _pieces(content), address=address)
    if said == "stream: OK":
        return None
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerDown(
        said or "no answer"
    )  # "INSTREAM size limit exceeded", an error of its database


def ping(*, address: str) -> None:
    """Refuses ``ScannerDown`` unless the daemon answers."""
    said = _asked(b"zPING\0", (), address=address)
    if said != "PONG":
        raise ScannerDown(said or "no answer")


def _asked(command: bytes, pieces: Iterable[bytes], *, address: str) -> str:
    try:
        with _connected(address) as line:
            line.sendall(command)
            try:
                for piece in pieces:
                    line.sendall(piece)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it stopped listening: it has said why
            return _answer(line)
    except OSError as error:
        raise ScannerDown(type(error).__name__) from None


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def _pieces(content: bytes) -> Iterable[bytes]:
    for start in range(0, len(content), _PIECE):
        piece = content[start : start + _PIECE]
        yield struct.pack("!I", len(piece)) + piece
    yield struct.pack("!I", 0)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        more = line.recv(_LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0").decode(errors="replace")
