"""The control of a page: a bare WSGI program that sends the same statements, and nothing more.

It takes the session from the cookie, a connection from a pool with the options that Django gives
its own, sends the statements noted from that page for that session, in the same transactions, reads
all rows, and answers a few bytes.
"""

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

NOTED, ADDRESS, COOKIE = "BENCH_NOTED", "BENCH_ADDRESS", "BENCH_COOKIE"
Start = Callable[[str, list[tuple[str, str]]], object]


def _application() -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    import psycopg
    from psycopg_pool import ConnectionPool

    noted = pickle.loads(Path(os.environ[NOTED]).read_bytes())  # noqa: S301 - our own file
    name = f"{os.environ[COOKIE]}="
    pool = ConnectionPool(
        os.environ[ADDRESS],
        # As Django's: statements are put together by the client and not prepared.
        kwargs={"autocommit": True, "cursor_factory": psycopg.ClientCursor},
        check=ConnectionPool.check_connection,
        min_size=1,
        max_size=int(os.environ["DATABASE_POOL"]),
        open=True,
    )

    def send(cursor: Any, statements: Iterable[tuple[str, Any]]) -> int:
        count = 0
        for sql, params in statements:
            cursor.execute(sql, params)
            count += len(cursor.fetchall())
        return count

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        session = environ.get("HTTP_COOKIE", "").partition(name)[2].partition(";")[0]
        query = environ.get("QUERY_STRING", "")
        path = environ["PATH_INFO"] + (f"?{query}" if query else "")
        rows = 0
        with pool.connection() as connection, connection.cursor() as cursor:
            for one in noted.get((session, path), ()):
                if one.alone:
                    rows += send(cursor, one.statements)
                else:
                    with connection.transaction():
                        rows += send(cursor, one.statements)
        body = f"{rows} rows".encode()
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


if multiprocessing.parent_process() is not None and NOTED in os.environ:
    application = _application()


def main(port: int) -> None:
    """Serve as ``havre serve`` does: one worker, as many threads as connections."""
    multiprocessing.set_start_method("spawn")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "tests.bench.control:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=int(os.environ["DATABASE_POOL"]),
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
