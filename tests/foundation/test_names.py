import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.foundation.names import match_key, same_person_name, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éléonore", "ELEONORE"),
        ("D’Artagnan", "d'Artagnan"),
        ("D`Artagnan", "Dartagnan"),
        ("Oʼneil", "O'Neil"),
        ("Jean-Pierre", "Jean\u2011Pierre"),
        ("Jean-Pierre", "Jean Pierre"),
        ("Le Goff", "LEGOFF"),
        ("Œuvrard", "Oeuvrard"),
        ("Læticia", "Laeticia"),
        ("Strauß", "STRAUSS"),
        ("Łukasz", "Lukasz"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Đặng", "Dang"),
        ("\uff2d\uff41\uff4e\uff49", "Mani"),
        ("\u3386", "MB"),
    ],
)
def test_what_is_written_in_two_ways_is_one_name(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize("name", ["王伟", "محمد", "राम", "がく", "한지민", "שרה"])
def test_every_script_is_kept_whole(name: str) -> None:
    assert match_key(name) == name


def test_marks_that_change_a_letter_elsewhere_are_kept() -> None:
    assert match_key("がく") != match_key("かく")
    assert match_key("रम") != match_key("राम")


def test_a_name_without_letters_has_no_key() -> None:
    assert match_key(" - ’ ") == ""


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert match_key(match_key(name)) == match_key(name)


def test_accented_letters_sort_with_their_letter() -> None:
    names = ["Zola", "Étienne", "Eve", "Œuvrard", "Odin", "Olive", "Le Goff", "Lea", "Ève"]
    expected = ["Étienne", "Eve", "Ève", "Le Goff", "Lea", "Odin", "Œuvrard", "Olive", "Zola"]
    assert sorted(names, key=sort_key) == expected


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Martin", ["Martin-Dupont"]),
        ("Dupont", ["Martin-Dupont"]),
        ("martin dupont", ["Martin-Dupont"]),
        ("Dupont-Martin", ["Martin-Dupont"]),
        ("Martindupont", ["Martin-Dupont"]),
        ("Martin-Dupont", ["Martin"]),
        ("Martin-Dupont", ["Martin", "Dupont"]),
        ("Dupont", ["Martin", "Dupont"]),
        ("LEGOFF", ["Le Goff"]),
        ("Le Goff", ["Legoff"]),
        ("de la Tour", ["Martin de La Tour"]),
        ("Lê", ["Le"]),
        ("Nguyen", ["Nguyễn Lê"]),
        ("王", ["王"]),
    ],
)
def test_family_names_match_as_people_write_them(typed: str, known: list[str]) -> None:  # W6
    assert same_person_name(typed, "Jean", known, "Jean")


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Li", ["Lina"]),
        ("Lina", ["Li"]),
        ("Le", ["Le Goff"]),
        ("de", ["de La Tour"]),
        ("de La", ["de La Tour"]),
        ("Martin", ["Martineau"]),
        ("Mar", ["Martin-Dupont"]),
        ("Martin-Durand", ["Martin-Dupont"]),
        ("Dupond", ["Dupont"]),
        ("", ["Martin"]),
        ("-", ["-"]),
        ("Martin", []),
        ("Martin", [""]),
        ("伟", ["王"]),
    ],
)
def test_other_family_names_do_not_match(typed: str, known: list[str]) -> None:
    assert not same_person_name(typed, "Jean", known, "Jean")


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Jean", "Jean-Pierre Louis"),
        ("jean pierre", "Jean-Pierre Louis"),
        ("Jeanpierre", "Jean-Pierre Louis"),
        ("Jean-Pierre Louis", "Jean-Pierre"),
        ("ZOE", "Zoé"),
        ("Lina", "Li Na"),
    ],
)
def test_given_names_may_stop_after_the_first(typed: str, known: str) -> None:
    assert same_person_name("Martin", typed, ["Martin"], known)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Li", "Lina"),
        ("Lina", "Li"),
        ("Pierre", "Jean-Pierre"),
        ("Louis", "Jean-Pierre Louis"),
        ("Jean-Paul", "Jean-Pierre"),
        ("J", "Jean"),
        ("", "Jean"),
        ("Jean", ""),
        ("-", "-"),
    ],
)
def test_other_given_names_do_not_match(typed: str, known: str) -> None:
    assert not same_person_name("Martin", typed, ["Martin"], known)
