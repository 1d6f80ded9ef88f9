"""A wrong setting is refused by name, and its value never shown."""

import pytest

from havre.project.settings import Settings, WrongSettings, load


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEALING_KEYS", "k1:bm90IDMyIGJ5dGVz"),
        ("SEALING_KEYS", "no colon"),
        ("BLIND_INDEX_KEY", "short"),
        ("PROVISIONAL_KEY", "bm90IDMyIGJ5dGVz"),
        ("BASE_URL", "http://members.example.org"),
        ("BASE_URL", "members.example.org"),
        ("NUMBER_MAIL_AFTER_SECONDS", "[600, 120]"),
        ("NUMBER_MAIL_AFTER_SECONDS", "soon"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "smtp+plain://mail.example.org"),
        ("SESSION_MINUTES", "0"),
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
