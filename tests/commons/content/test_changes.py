"""What changed in a document, field by field: entries are known again, whatever their place."""

from typing import Any

import pytest

from havre.commons.content.queries import Change, Entry, Mark, Written, marked


def a_question(name: str, answer: str = "Good.") -> dict[str, Any]:
    return {"id": name, "answer": {"fr": "Bien.", "en": answer}}


LOST, FOUND = a_question("lost"), a_question("found")


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return Written(after).changes_since(Written(before))


def test_a_field_is_told_with_all_its_languages_and_the_way_there() -> None:
    new = a_question("lost", "Bad.")
    [one] = changed({"questions": [LOST, FOUND]}, {"questions": [new, FOUND]})
    assert one.place == ("questions", Entry(new, 0), "answer")
    assert one.before == {"fr": "Bien.", "en": "Good."}
    assert one.after == {"fr": "Bien.", "en": "Bad."}


@pytest.mark.parametrize(("before", "after", "there"), [([], [LOST], True), ([LOST], [], False)])
def test_an_entry_that_comes_or_goes_is_told_by_its_fields(
    before: list[Any], after: list[Any], there: bool
) -> None:
    found = changed({"questions": [*before, FOUND]}, {"questions": [*after, FOUND]})
    assert {one.place[-1] for one in found} == {"id", "answer"}
    assert all((one.before is None, one.after is None) == (there, not there) for one in found)


def test_another_order_is_told_and_no_field_with_it() -> None:
    [one] = changed({"questions": [LOST, FOUND]}, {"questions": [FOUND, LOST]})
    assert one == Change(("questions",), moved=True)


def test_entries_without_a_name_are_known_by_their_rank() -> None:
    [one] = changed({"say": [{"fr": "A", "en": "A"}]}, {"say": [{"fr": "B", "en": "A"}]})
    assert one.place == ("say",)
    [one] = changed({"week": [{"opens": "8"}]}, {"week": [{"opens": "9"}]})
    assert (one.place[-1], one.before, one.after) == ("opens", "8", "9")


def test_the_first_version_is_all_new_and_the_same_is_nothing() -> None:
    assert [one.before for one in Written({"topics": [LOST]}).changes_since(None)] == [None, None]
    assert changed({"topics": [LOST]}, {"topics": [LOST]}) == []


def test_a_file_of_the_same_name_that_says_something_else_is_told() -> None:
    old, new = Written({}, {"a.pdf": {"sha256": "1"}}), Written({}, {"a.pdf": {"sha256": "2"}})
    assert new.changes_since(old) == [Change(("file",), "a.pdf", "a.pdf")]


def test_two_texts_in_one_leave_out_the_lines_that_stay() -> None:
    found = marked("One\nTwo\nThree\nCall us today.\n", "One\nTwo\nThree\nCall us tomorrow.\n")
    assert next(piece.text for piece in found if piece.mark is Mark.SAME) == "…\n"
    assert [(piece.text, piece.mark) for piece in found if piece.mark is not Mark.SAME] == [
        ("today", Mark.REMOVED),
        ("tomorrow", Mark.ADDED),
    ]
