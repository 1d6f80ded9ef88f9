"""Homes for the tests of the embedded server."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.project.embedded_commands import nothing_left, wait_for

from havre.project.embedded import ensure


@pytest.fixture
def new_home() -> Iterator[Path]:
    """An empty home."""
    with temporary_home() as folder:
        yield folder


@pytest.fixture
def home(_shared_home: Path) -> Iterator[Path]:
    """The home of a throw-away server that has run before and does not run now.

    One for all tests: making the data takes longer than most of them.
    """
    (_shared_home / "prepared").unlink(missing_ok=True)
    yield _shared_home
    wait_for(lambda: nothing_left(_shared_home), "the server's end")


@pytest.fixture(scope="session")
def _shared_home() -> Iterator[Path]:
    with temporary_home() as folder:
        with ensure(folder, fast=True):
            pass
        wait_for(lambda: nothing_left(folder), "the server's end")
        yield folder


@contextmanager
def temporary_home() -> Iterator[Path]:
    """Make a folder that an unprivileged user can pass through, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="havre-home-"))
    folder.chmod(0o755)
    try:
        yield folder
        if (folder / "postgres").exists():
            wait_for(lambda: nothing_left(folder), "the server's end")
    finally:
        # A server that is still stopping removes files of its own.
        shutil.rmtree(folder, ignore_errors=True)
