"""The demo as it is run, and a real browser in front of it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from havre.project.settings import Settings

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
_READY_WITHIN_SECONDS = 180


@dataclass(frozen=True)
class Demo:
    """A running demonstration: its address and what its accounts file says."""

    url: str
    home: Path
    accounts: dict[str, Any]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def without_database(environment: dict[str, str]) -> dict[str, str]:
    """The tests' own settings must not reach the demo, which makes its own."""
    kept = {name: told for name, told in environment.items() if name not in Settings.model_fields}
    return {**kept, "DJANGO_SETTINGS_MODULE": "havre.project.django_settings"}


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    # Not pytest's own folder: run as root, the database's user must be able to pass through.
    folder, port = Path(tempfile.mkdtemp(prefix="havre-demo-")), _free_port()
    folder.chmod(0o755)
    home, log = folder / "home", folder / "demo.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "havre.project.cli",
                "demo",
                "--home",
                str(home),
                "--port",
                str(port),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=without_database(dict(os.environ)),
        )
    try:
        _wait_until_ready(process, log)
        accounts = json.loads((home / "demo-accounts.json").read_text())
        yield Demo(url=f"http://localhost:{port}", home=home, accounts=accounts)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if "Havre is ready at" in log.read_text():
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    pytest.fail(f"the demo did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in Mexico, with one hand and a French interface."""
    made = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="fr-FR", timezone_id="America/Mexico_City"
    )
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
