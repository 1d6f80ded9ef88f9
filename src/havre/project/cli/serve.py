"""``havre serve``: the web server."""

import multiprocessing
import os
import socket
import threading
import time
from http.client import HTTPConnection, HTTPException

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting
from havre.project.installation import DEFAULT_PORT

_LOOK_EVERY_SECONDS = 0.1
_LOCAL = ("127.0.0.1", "localhost", "::1")
DOORS = {"portal": Role.WEB, "desk": Role.DESK_WEB}


class NotFitToServe(click.ClickException):
    """The database is not ready, or its guard is not whole."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", envvar="PORT", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option(
    "--door",
    type=click.Choice(list(DOORS)),
    default="portal",
    show_default=True,
    help="The portal of members, or the desk of those who serve them: a process each.",
)
def serve_command(*, host: str, port: int, workers: int, door: str) -> None:
    """Serve the member space, or the desk. Refuses to start on a database whose guard has a hole."""
    os.environ["PORT"] = str(port)
    os.environ["HAVRE_DOOR"] = door
    installation = starting.start(DOORS[door])
    if installation.server is not None and host not in _LOCAL:
        raise NotFitToServe("the embedded database serves this machine only: leave --host out.")
    check_port(host, port)
    check_database()
    from django.conf import settings

    url = settings.HAVRE.BASE_URL if door == "portal" else f"{settings.HAVRE.desk_address}/desk/"
    threading.Thread(target=_announce, args=(host, port, url, door), daemon=True).start()
    house = settings.HAVRE
    # Those that wait for news need a thread and no connection: the others keep one for each.
    _serve(host, port, workers=workers, threads=house.DATABASE_POOL + house.LIVE_WAITING)


def check_port(host: str, port: int) -> None:
    """Refuse a port that another program listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise NotFitToServe(
                f"cannot listen on port {port} ({error.strerror}). Choose another one:"
                f" `--port {port + 1}`, or PORT={port + 1}."
            ) from None


def check_database() -> None:
    """Refuse a database with pending migrations or with a hole in its guard."""
    from django.db import connection

    from havre.foundation.db.checks import guard_faults

    with connection.cursor() as cursor:
        faults = guard_faults(cursor)
    if faults:
        raise NotFitToServe(
            "the database does not keep households apart:\n"
            + "\n".join(f"  {fault}" for fault in faults)
        )
    if _is_behind():
        raise NotFitToServe("migrations are pending. Run `havre migrate` first.")
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def _is_behind() -> bool:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:  # the right to read what was applied comes with one of the migrations
        return True


def _serve(host: str, port: int, *, workers: int, threads: int) -> None:
    os.environ["HAVRE_SERVED_BY"] = str(os.getpid())
    # Not a copy of this process: it has threads, and would keep old code after a reload.
    multiprocessing.set_start_method("spawn")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "havre.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.error,
        websockets=False,
        respawn_failed_workers=True,
    )
    server.serve()


def _announce(host: str, port: int, url: str, door: str) -> None:
    """Say that the site is ready, once it answers."""
    while True:
        connection = HTTPConnection(host, port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
        except (OSError, HTTPException):
            time.sleep(_LOOK_EVERY_SECONDS)
        else:
            what = "Havre is" if door == "portal" else "The desk is"
            starting.say(f"{what} ready at {url}")
            return
        finally:
            connection.close()
