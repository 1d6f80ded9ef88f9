"""A clamd that speaks its protocol as the manual has it, with one signature: the EICAR test file's.

Like the real one it looks inside ZIP archives and inflated streams, refuses a stream past its limit, and
ends a ``z`` answer with a zero byte.
"""

import io
import re
import socket
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


class Clamd:
    """Listens on a socket of this machine until it is closed."""

    def __init__(self, address: str, *, longest: int = 30 * 1024 * 1024) -> None:
        self.longest = longest
        self.asked: list[str] = []
        if address.startswith("/"):
            self._line = socket.socket(socket.AF_UNIX)
            self._line.bind(address)
        else:
            self._line = socket.create_server(("127.0.0.1", 0))
            address = f"127.0.0.1:{self._line.getsockname()[1]}"
        self.address = address
        self._line.listen()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def close(self) -> None:
        with suppress(OSError):  # closed already
            self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()
        self._listener.join(timeout=5)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._line.accept()
                with line, line.makefile("rb") as said, suppress(OSError, struct.error):
                    line.sendall(self._answer(said) + b"\0")

    def _answer(self, said: io.BufferedReader) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += said.read(1) or b"\0"
        self.asked.append(command.decode())
        if command == b"zPING\0":
            return b"PONG"
        if command != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND"
        content = b""
        while length := struct.unpack("!I", said.read(4))[0]:
            content += said.read(length)
            if len(content) > self.longest:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if infected(content) else b"stream: OK"


def infected(content: bytes) -> bool:
    return EICAR in content or any(EICAR in inner for inner in _inside(content))


def _inside(content: bytes) -> Iterator[bytes]:
    for stream in _STREAM.findall(content):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(stream, 1_000_000)
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        for one in archive.infolist():
            if one.file_size < 1_000_000 and not one.flag_bits & 1:
                yield from (archive.read(one), *_inside(archive.read(one)))


@contextmanager
def listening(folder: Path | None = None, **options: int) -> Iterator[Clamd]:
    """On a socket in the folder, or on a port."""
    clamd = Clamd(str(folder / "clamd.ctl") if folder else "", **options)
    try:
        yield clamd
    finally:
        clamd.close()
