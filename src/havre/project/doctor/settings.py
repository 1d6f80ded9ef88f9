"""Settings: each one set, missing or left at its default; never its value."""

from collections.abc import Iterator, Mapping

from havre.foundation.crypto import Vault, WrongKeys
from havre.project.doctor.findings import Finding, fine, wrong
from havre.project.settings import Settings, WrongSettings

_KEYS = "keys"


def examine_settings(house: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """One finding a setting, then whether the keys make a vault."""
    missing = house.missing()
    for name in Settings.model_fields:
        if name in missing:
            yield wrong(name, "missing", "Set it: docs/operations.md says to what.")
        else:
            yield fine(name, "set" if environ.get(name) else "default")
    yield _keys(house)


def refused_settings(refused: WrongSettings) -> Iterator[Finding]:
    """One finding a setting that could not be read."""
    for line in refused.lines:
        name, _, why = line.partition(": ")
        yield wrong(name, why, "Mend it: docs/operations.md says what is expected.")


def _keys(house: Settings) -> Finding:
    try:
        vault = Vault.from_settings(house.SEALING_KEYS, house.BLIND_INDEX_KEY)
    except WrongKeys as error:
        return wrong(_KEYS, str(error), "Make each key of 32 random bytes: openssl rand -base64 32")
    if not house.PROVISIONAL_KEY:
        return wrong(_KEYS, "no PROVISIONAL_KEY", "Make one: openssl rand -base64 32")
    return fine(_KEYS, repr(vault).strip("<>"))
