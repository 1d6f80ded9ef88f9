"""What a clamd is asked and how its answers are taken; the real one where the machine has it."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from havre.foundation.antivirus import ScannerDown, ping, scan
from tests.clamd import EICAR, listening


@pytest.fixture
def short() -> Path:
    """A folder with a name short enough for a socket."""
    return Path(tempfile.mkdtemp(prefix="clamd-"))


def test_clean_and_found_by_socket_and_by_port(short: Path) -> None:
    for folder in (short, None):
        with listening(folder) as clamd:
            ping(address=clamd.address)
            assert scan(b"nothing here" * 100_000, address=clamd.address) is None
            assert scan(b"", address=clamd.address) is None
            assert scan(b"x" * 99_999 + EICAR, address=clamd.address) == "Eicar-Test-Signature"
            assert clamd.asked == ["zPING\0", *["zINSTREAM\0"] * 3]


def test_nothing_is_known_when_it_does_not_answer(short: Path) -> None:
    for address in (str(short / "none.ctl"), "127.0.0.1:9"):
        with pytest.raises(ScannerDown):
            scan(b"x", address=address)
        with pytest.raises(ScannerDown):
            ping(address=address)


def test_a_refusal_of_its_own_is_no_all_clear(short: Path) -> None:
    with listening(short, longest=1000) as clamd, pytest.raises(ScannerDown):
        scan(bytes(3_000_000), address=clamd.address)


@pytest.mark.skipif(shutil.which("clamd") is None, reason="no clamd on this machine")
def test_a_real_one(short: Path) -> None:
    signatures = short / "db"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    settings = short / "clamd.conf"
    address = short / "c.ctl"
    settings.write_text(f"LocalSocket {address}\nDatabaseDirectory {signatures}\nForeground yes\n")
    short.chmod(0o755)
    with subprocess.Popen(["clamd", "-c", str(settings)], env=dict(os.environ)) as clamd:
        try:
            for _second in range(30):
                if address.exists():
                    break
                time.sleep(1)
            ping(address=str(address))
            assert scan(b"x" + EICAR, address=str(address))
            assert scan(b"nothing", address=str(address)) is None
        finally:
            clamd.terminate()
