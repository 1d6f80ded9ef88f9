"""Where the embedded server keeps its things under a home."""

import os
from dataclasses import dataclass
from pathlib import Path

from havre.project.embedded.refusals import not_writable


@dataclass(frozen=True)
class Folders:
    """The paths under `HOME/postgres`.

    What commands share (locks, passwords, log) stays here. What postgres itself owns is in
    `cluster`: a folder, or a link to one elsewhere when the user that postgres runs as cannot
    reach this home.
    """

    home: Path

    @property
    def base(self) -> Path:
        return self.home / "postgres"

    @property
    def start_lock(self) -> Path:
        return self.base / "start.lock"

    @property
    def users_lock(self) -> Path:
        return self.base / "users.lock"

    @property
    def alive_lock(self) -> Path:
        return self.base / "alive.lock"

    @property
    def server_lock(self) -> Path:
        return self.base / "server.lock"

    @property
    def passwords(self) -> Path:
        return self.base / "passwords.json"

    @property
    def address(self) -> Path:
        """Where the live server listens; written once it is prepared."""
        return self.base / "server.json"

    @property
    def throw_away(self) -> Path:
        """A mark: the data here were never meant to last."""
        return self.base / "throw-away"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def cluster(self) -> Path:
        return self.base / "cluster"

    def make(self) -> None:
        """Create the folder. Only its owner enters it; root lets others through to the cluster."""
        mode = 0o711 if os.geteuid() == 0 else 0o700
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self.base.mkdir(mode=mode, exist_ok=True)
        except OSError as error:
            raise not_writable(self.base, error) from error

    def end_of_log(self, lines: int = 12) -> str:
        """Return the end of the server's log, for a message."""
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            text = ""
        return "\n".join([f"Last lines of {self.log}:", *text.splitlines()[-lines:]])
