import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.foundation.crypto import Place, Tampered, UnknownKey, Vault, WrongKeys

OLD, NEW, BLIND = b"o" * 32, b"n" * 32, b"b" * 32
ROW = UUID("01900000-0000-7000-8000-000000000001")
PLACE = Place("people_person", "nir", ROW)


@pytest.fixture(scope="module")
def vault() -> Vault:
    return Vault({"old": OLD, "new": NEW}, current="new", blind_key=BLIND)


@given(st.text(), st.integers(), st.text().filter(lambda name: "|" not in name))
def test_what_is_sealed_opens_at_its_place(text: str, row: int, column: str) -> None:
    vault = Vault({"new": NEW}, current="new", blind_key=BLIND)
    place = Place("people_person", column, row)
    assert vault.open(vault.seal(text, place=place), place=place) == text


def test_the_text_does_not_show_and_no_two_seals_are_alike(vault: Vault) -> None:
    first, second = (vault.seal("185057800608491", place=PLACE) for _ in range(2))
    assert b"185057800608491" not in first
    assert first != second


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("people_company", "nir", ROW),
        Place("people_person", "iban", ROW),
        Place("people_person", "nir", UUID(int=2)),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(vault: Vault, elsewhere: Place) -> None:
    sealed = vault.seal("185057800608491", place=PLACE)
    with pytest.raises(Tampered):
        vault.open(sealed, place=elsewhere)


def test_places_cannot_be_written_to_look_alike() -> None:
    for table, column in (("a|b", "c"), ("a", "b|c")):
        with pytest.raises(ValueError, match=r"\|"):
            Place(table, column, 1)


def test_any_altered_byte_is_found(vault: Vault) -> None:
    sealed = vault.seal("185057800608491", place=PLACE)
    for at in range(len(sealed)):
        altered = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises((Tampered, UnknownKey)):
            vault.open(altered, place=PLACE)


def test_a_value_cut_anywhere_is_found(vault: Vault) -> None:
    sealed = vault.seal("185057800608491", place=PLACE)
    for length in range(len(sealed)):
        with pytest.raises(Tampered):
            vault.open(sealed[:length], place=PLACE)


def test_a_driver_may_hand_out_a_memoryview(vault: Vault) -> None:
    assert vault.open(memoryview(vault.seal("x", place=PLACE)), place=PLACE) == "x"  # type: ignore[arg-type]


def test_keys_change_while_old_values_still_open(vault: Vault) -> None:
    before = Vault({"old": OLD}, current="old", blind_key=BLIND)
    sealed = before.seal("x", place=PLACE)
    assert vault.open(sealed, place=PLACE) == "x"
    assert not sealed.startswith(vault.mark)
    assert vault.seal("x", place=PLACE).startswith(vault.mark)
    with pytest.raises(UnknownKey, match="new"):
        before.open(vault.seal("x", place=PLACE), place=PLACE)


def test_a_key_of_the_same_name_opens_nothing(vault: Vault) -> None:
    stranger = Vault({"new": b"s" * 32}, current="new", blind_key=BLIND)
    with pytest.raises(Tampered):
        stranger.open(vault.seal("x", place=PLACE), place=PLACE)


def test_blind_indexes_are_equal_for_equal_text_and_purpose_only(vault: Vault) -> None:
    blind = vault.blind("185057800608491", purpose="nir")
    assert len(blind) == 32
    assert vault.blind("185057800608491", purpose="nir") == blind
    assert vault.blind("185057800608492", purpose="nir") != blind
    assert vault.blind("185057800608491", purpose="iban") != blind
    assert vault.blind("b", purpose="a") != vault.blind("", purpose="ab")
    other = Vault({"new": NEW}, current="new", blind_key=b"x" * 32)
    assert other.blind("185057800608491", purpose="nir") != blind


def text_of(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_settings_list_keys_with_the_current_one_first(vault: Vault) -> None:
    made = Vault.from_settings(f"new:{text_of(NEW)}, old:{text_of(OLD)}", text_of(BLIND))
    sealed = made.seal("x", place=PLACE)
    assert vault.open(sealed, place=PLACE) == "x"
    assert sealed.startswith(vault.mark)
    assert made.blind("x", purpose="p") == vault.blind("x", purpose="p")


@pytest.mark.parametrize(
    ("keys", "blind"),
    [
        ("", text_of(BLIND)),
        (f"new:{text_of(NEW)},", text_of(BLIND)),
        ("new", text_of(BLIND)),
        (f"new:{text_of(NEW[:16])}", text_of(BLIND)),
        ("new:not base64 at all", text_of(BLIND)),
        (f":{text_of(NEW)}", text_of(BLIND)),
        (f"né:{text_of(NEW)}", text_of(BLIND)),
        (f"new:{text_of(NEW)},new:{text_of(OLD)}", text_of(BLIND)),
        (f"new:{text_of(NEW)}", ""),
        (f"new:{text_of(NEW)}", text_of(BLIND[:31])),
        (f"new:{text_of(NEW)}", text_of(NEW)),
    ],
)
def test_wrong_keys_stop_the_start_without_being_shown(keys: str, blind: str) -> None:
    with pytest.raises(WrongKeys) as refused:
        Vault.from_settings(keys, blind)
    assert text_of(NEW)[:8] not in str(refused.value)
    assert "not base64 at all" not in str(refused.value)


def test_the_current_key_is_one_of_the_keys() -> None:
    with pytest.raises(WrongKeys, match="'gone'"):
        Vault({"new": NEW}, current="gone", blind_key=BLIND)


def test_a_vault_shows_no_key(vault: Vault) -> None:
    shown = repr(vault) + str(vault)
    assert "new" in shown
    for key in (OLD, NEW, BLIND):
        assert key.decode()[:8] not in shown
        assert text_of(key)[:8] not in shown
        assert key.hex()[:8] not in shown
