"""The random passwords of the database's users, in a file only its owner reads."""

import json
import os
import secrets
from pathlib import Path

from havre.project.embedded.folders import Folders
from havre.project.embedded.refusals import PasswordsLost, not_writable

SUPERUSER = "superuser"
ROLES = (SUPERUSER, "havre_owner", "havre_web", "havre_desk_web", "havre_worker")
_RANDOM_BYTES = 24


def load_or_create(folders: Folders) -> dict[str, str]:
    """Return the password of each role of `ROLES`, drawing those that are missing.

    Refuses with `PasswordsLost` when there are data but no password of the superuser. Call it under
    `start.lock`.
    """
    known = _read(folders.passwords)
    if SUPERUSER not in known and (folders.cluster / "data").exists():
        raise PasswordsLost(
            f"{folders.passwords} is missing or unreadable, so the data in {folders.cluster} "
            f"cannot be opened. Put the file back, or move {folders.base} away to begin anew."
        )
    passwords = {role: known.get(role) or secrets.token_urlsafe(_RANDOM_BYTES) for role in ROLES}
    if passwords != known:
        write_private(folders.passwords, json.dumps(passwords, indent=1))
    return passwords


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    except OSError as error:
        raise not_writable(path, error) from error
    return content if isinstance(content, dict) else {}


def write_private(path: Path, text: str, *, owner: tuple[int, int] | None = None) -> None:
    """Write a file that only its owner reads, whole or not at all, even if the power goes.

    `owner` is a user and group id; by default our own.
    """
    unfinished = path.with_name(path.name + ".new")
    try:
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            if owner is not None:
                os.fchown(descriptor, *owner)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise not_writable(path, error) from error
