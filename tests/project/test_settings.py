"""A wrong setting is refused by name, and its value never shown."""

from base64 import b64encode

import pytest
from pydantic import ValidationError

from havre.project.settings import Settings, WrongSettings, load

_KEY, _OTHER_KEY = (b64encode(bytes([byte] * 32)).decode() for byte in (1, 2))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEALING_KEYS", "k1:bm90IDMyIGJ5dGVz"),
        ("SEALING_KEYS", "no colon"),
        ("SEALING_KEYS", f"k1:{_KEY},"),
        ("SEALING_KEYS", f"k1:{_KEY},k1:{_OTHER_KEY}"),
        ("SEALING_KEYS", f"a name:{_KEY}"),
        ("SEALING_KEYS", "bm90IDMyIGJ5dGVz"),
        ("BLIND_INDEX_KEY", "short"),
        ("PROVISIONAL_KEY", "bm90IDMyIGJ5dGVz"),
        ("BASE_URL", "http://members.example.org"),
        ("BASE_URL", "members.example.org"),
        ("NUMBER_MAIL_AFTER_SECONDS", "[600, 120]"),
        ("NUMBER_MAIL_AFTER_SECONDS", "soon"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "smtp+plain://mail.example.org"),
        ("SESSION_MINUTES", "0"),
        ("OPERATOR_TIME_ZONE", "Mars/Olympus"),
        ("MAJORITY_AGE", "eighteen"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    load.cache_clear()
    try:
        with pytest.raises(WrongSettings) as refused:
            load()
    finally:
        load.cache_clear()
    (line,) = refused.value.lines
    assert line.startswith(f"{name}:")
    assert value not in line


def test_what_is_missing_is_named() -> None:
    house = Settings.model_construct()
    assert {"DATABASE_URL", "SECRET_KEY", "SEALING_KEYS", "BASE_URL", "SMTP_URL"} <= set(
        house.missing()
    )


def test_mail_goes_out_in_clear_on_this_machine_only() -> None:
    assert Settings(SMTP_URL="smtp+plain://localhost:2525").SMTP_URL


def test_the_blind_key_is_none_of_those_that_seal() -> None:
    with pytest.raises(ValidationError, match="BLIND_INDEX_KEY") as refused:
        Settings(SEALING_KEYS=f"k1:{_OTHER_KEY},k2:{_KEY}", BLIND_INDEX_KEY=_KEY)
    assert _KEY not in str(refused.value)
    assert Settings(SEALING_KEYS=f"k1:{_OTHER_KEY}", BLIND_INDEX_KEY=_KEY).BLIND_INDEX_KEY
