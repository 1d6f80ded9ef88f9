"""What may be sent, and how the name of a file is written down. Pure."""

import unicodedata
from pathlib import PurePosixPath

from havre.foundation.cleaning import ENDINGS, Fault

LONGEST_NAME = 120
_TAKEN = frozenset(ending for endings in ENDINGS.values() for ending in endings)


def fault_before(*, file_name: str, size: int, most: int) -> Fault | None:
    """What is wrong with a file of which only name and size are known, so that no byte travels in vain."""
    if size == 0:
        return Fault.EMPTY
    if size > most:
        return Fault.TOO_LARGE
    ending = PurePosixPath(file_name).suffix.removeprefix(".").lower()
    return Fault.UNKNOWN_TYPE if ending and ending not in _TAKEN else None


def plain_name(given: str) -> str:
    """The name of a file as it is shown: without a path, on one line, without marks that turn the writing.

    "file" where nothing is left. A long one loses its middle, never its ending.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(one for one in unicodedata.normalize("NFC", last) if one.isprintable())
    shown = shown.strip(" .")
    if len(shown) > LONGEST_NAME:
        ending = PurePosixPath(shown).suffix[:10]
        shown = shown[: LONGEST_NAME - len(ending) - 1] + "…" + ending
    return shown or "file"
