import re
from uuid import UUID, uuid4

import pytest

from havre.foundation.crypto import (
    normalised_secret,
    numeric_code,
    provisional_secret,
    secret_digest,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
ROW, OTHER_ROW = UUID(int=1), UUID(int=2)


def test_a_row_has_one_secret_for_ever() -> None:  # W7
    secret = provisional_secret(KEY, ROW)
    assert provisional_secret(KEY, ROW) == secret
    assert provisional_secret(KEY, OTHER_ROW) != secret
    assert provisional_secret(OTHER_KEY, ROW) != secret


def test_a_secret_is_24_characters_that_no_one_misreads() -> None:
    seen: set[str] = set()
    for _ in range(500):
        secret = provisional_secret(KEY, uuid4())
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}", secret)
        seen.update(secret.replace("-", ""))
    assert len(seen) == 32  # 24 characters of 32 letters: 120 bits


@pytest.mark.parametrize("dash", ["", " ", "-", "\u2011", "\u2013", "\u00a0"])
def test_a_secret_may_be_typed_carelessly(dash: str) -> None:
    secret = provisional_secret(KEY, ROW)
    typed = f" {secret.replace('-', dash).lower()} "
    assert secret_digest(KEY, typed) == secret_digest(KEY, secret)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert normalised_secret("oO iI lL") == "001111"


def test_a_digest_is_keyed_and_of_the_whole_secret() -> None:
    secret = provisional_secret(KEY, ROW)
    digest = secret_digest(KEY, secret)
    assert len(digest) == 32
    assert secret_digest(OTHER_KEY, secret) != digest
    assert secret_digest(KEY, secret[:-1]) != digest
    assert secret_digest(KEY, provisional_secret(KEY, OTHER_ROW)) != digest


def test_a_code_has_all_its_digits() -> None:
    codes = [numeric_code(KEY, uuid4()) for _ in range(500)]
    assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) > 450
    assert re.fullmatch(r"[0-9]{8}", numeric_code(KEY, ROW, digits=8))


def test_a_row_has_one_code() -> None:
    assert numeric_code(KEY, ROW) == numeric_code(KEY, ROW)
    assert numeric_code(KEY, ROW) != numeric_code(OTHER_KEY, ROW)
