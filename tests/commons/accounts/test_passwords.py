"""What makes a password good enough (issue: 12 to 128 characters, a blocklist of 100,000, words)."""

import unicodedata

import pytest

from havre.commons.accounts.words import PasswordFault, Strength
from havre.foundation.signing_in.passwords import as_compared, blocklist, fault_of, strength_of

GOOD = "corail-lanterne-septembre"
ABOUT = ["Le Goff-Moreau", "Hélène", "HV 204 817 3", "h.moreau", "05031980", "1980"]


def _fault(password: str) -> PasswordFault | None:
    return fault_of(password, about=ABOUT)


@pytest.mark.parametrize("length", [0, 1, 11])
def test_under_twelve_is_too_short(length: int) -> None:
    assert _fault("zq7Kv3mWx9Lp"[:length]) is PasswordFault.TOO_SHORT


def test_over_128_is_too_long() -> None:
    words = "corail lanterne septembre " * 6
    assert _fault(words[:129]) is PasswordFault.TOO_LONG
    assert _fault(words[:128]) is None


def test_twelve_of_any_kind_will_do() -> None:
    assert _fault("zqtkvbmwxjlp") is None


def test_the_blocklist_holds_100_000() -> None:
    assert len(blocklist()) >= 100_000


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "unbelievable",
        "UNBELIEVABLE",
        "unbelievable2026!",
        "!!unbelievable",
        "123456123456",
        "aaaaaaaaaaaa",
        "abcdabcdabcd",
        "111111111111",
        "............",
        "098712345678",
        "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
    ],
)
def test_what_thieves_try_first_is_refused(password: str) -> None:
    assert _fault(password) is PasswordFault.KNOWN


@pytest.mark.parametrize(
    "password",
    [
        "legoffmoreau",
        "Le-Goff Moreau 7",
        "helenemoreau!",
        "Hélène MOREAU",
        "HELENE19801980",
        "moreau05031980",
        "HV2048173HV2048173",
        "hv-204-817-3 abc",
        "h.moreau.h.moreau",
        "xy-moreau-1234",
    ],
)
def test_ones_own_names_and_numbers_are_refused(password: str) -> None:
    assert _fault(password) is PasswordFault.ABOUT_YOU


@pytest.mark.parametrize(
    "password", ["moreau-" + GOOD, "hélène aime les coraux de mer", GOOD, "Хорошая погода сегодня"]
)
def test_a_name_within_a_long_sentence_passes(password: str) -> None:
    assert _fault(password) is None


def test_short_names_are_in_too_many_words_to_count() -> None:
    assert fault_of("lisboa-alfama", about=["Li", "Bo"]) is None


def test_one_letter_written_in_two_ways_is_one_password() -> None:
    word = "été-à-la-forêt-ﬁne"
    assert as_compared(unicodedata.normalize("NFD", word)) == as_compared(word)


def test_length_is_counted_in_letters_however_they_are_written() -> None:
    eleven = unicodedata.normalize("NFD", "éèàùçâêîôûë")
    assert len(eleven) == 22
    assert _fault(eleven) is PasswordFault.TOO_SHORT


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("password1234", Strength.WEAK),
        ("zqtkvbmwxjlp", Strength.STRONG),
        (GOOD, Strength.STRONG),
    ],
)
def test_strength_is_told_in_words(password: str, told: Strength) -> None:
    assert strength_of(password, about=ABOUT) is told


def test_ones_own_name_is_no_strength() -> None:
    assert strength_of("legoffmoreau", about=["legoffmoreau"]) is Strength.WEAK
