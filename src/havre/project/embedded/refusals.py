"""Why the embedded PostgreSQL will not start, each with what to do about it."""

import json

from havre.foundation.refusals import Refusal


class EmbeddedServerRefusal(Refusal):
    """The embedded PostgreSQL could not be had; the text names the remedy."""


class FolderNotWritable(EmbeddedServerRefusal):
    """A folder the server needs cannot be made or written."""


class NoUnprivilegedUser(EmbeddedServerRefusal):
    """PostgreSQL refuses to run as root and no other user can be taken."""


class ServerMissing(EmbeddedServerRefusal):
    """The PostgreSQL programs are not installed or do not run here."""


class OtherMajorVersion(EmbeddedServerRefusal):
    """The data folder was made by another major version of PostgreSQL."""


class PasswordsLost(EmbeddedServerRefusal):
    """The data are there, the passwords that open them are not."""


class OtherDurability(EmbeddedServerRefusal):
    """A throw-away server was asked for lasting data, or the other way round."""


class InitialisationFailed(EmbeddedServerRefusal):
    """`initdb` failed; the text ends with its last lines."""


class StartFailed(EmbeddedServerRefusal):
    """PostgreSQL did not come up; the text ends with the last lines of its log."""


class StillBusy(EmbeddedServerRefusal):
    """Another process kept a lock for too long."""


def to_line(refusal: EmbeddedServerRefusal) -> str:
    """Write a refusal as one line, for the pipe between supervisor and launcher."""
    return json.dumps({"refused": type(refusal).__name__, "message": str(refusal)})


def from_answer(answer: dict[str, str]) -> EmbeddedServerRefusal:
    """Rebuild the refusal that `to_line` wrote."""
    kinds = {kind.__name__: kind for kind in EmbeddedServerRefusal.__subclasses__()}
    return kinds.get(answer["refused"], StartFailed)(answer["message"])


def not_writable(folder: object, error: OSError) -> FolderNotWritable:
    """Say which folder could not be written, why, and what to do."""
    return FolderNotWritable(
        f"Cannot write to {folder} ({error.strerror or error}). Choose a folder that this user may "
        "write to, free some space if the disk is full, or set DATABASE_URL to a PostgreSQL of "
        "your own."
    )
