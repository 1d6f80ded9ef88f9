"""A mail server for the tests, which can refuse a mail or hang up after the last byte of it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as mail_policy
from enum import StrEnum


class After(StrEnum):
    """What the server does once it holds a whole mail."""

    ACCEPT = "250 kept"
    TRY_LATER = "451 try later"
    HANG_UP = ""  # it has the mail, and the sender never learns it


class MailServer:
    """``received`` holds every mail that came whole, whatever was answered. Answers ``after`` in turn."""

    def __init__(self, *after: After) -> None:
        self.received: list[EmailMessage] = []
        self.port = 0
        self._after = list(after)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 ready")
        while line := await reader.readline():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                say("354 go on")
                await self._take(reader)
                after = self._after.pop(0) if self._after else After.ACCEPT
                if after is After.HANG_UP:
                    break
                say(after)
            elif verb == b"QUIT":
                say("221 bye")
                break
            else:
                say("250 fine")
        writer.close()

    async def _take(self, reader: asyncio.StreamReader) -> None:
        whole = await reader.readuntil(b"\r\n.\r\n")
        self.received.append(message_from_bytes(whole[:-3], policy=mail_policy))  # type: ignore[arg-type]


@contextmanager
def listening(server: MailServer) -> Iterator[MailServer]:
    """Serve on a free port of this machine, in a thread of its own."""
    loop = asyncio.new_event_loop()
    listener = loop.run_until_complete(asyncio.start_server(server.serve, "127.0.0.1", 0))
    server.port = listener.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(listener.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()
