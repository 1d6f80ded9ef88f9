"""What a feed may change of what is known of a person."""

from havre.domains.people.rules.merging import merge

MARK = {"by": "FEED", "source": "S", "at": "2026-06-15", "confirmed": False}
OLD = {"by": "FEED", "source": "S", "at": "2020-01-01", "confirmed": False}
DESK = {"by": "DESK", "source": "desk", "at": "2025-01-01", "confirmed": True}


def test_only_what_differs_changes_and_takes_the_mark() -> None:
    merged = merge(
        known={"email": "a", "phone": "1", "city": "Nantes"},
        origin={"email": OLD, "phone": OLD, "city": OLD},
        stated={"email": "b", "phone": "1"},
        mark=MARK,
    )

    assert merged.values == {"email": "b", "phone": "1", "city": "Nantes"}
    assert merged.origin == {"email": MARK, "phone": OLD, "city": OLD}
    assert (merged.changed, merged.contested) == (("email",), ())


def test_a_confirmed_value_is_contested_only_by_another() -> None:
    known, origin = {"email": "a", "phone": "1"}, {"email": DESK, "phone": DESK}

    merged = merge(known=known, origin=origin, stated={"email": "b", "phone": "1"}, mark=MARK)

    assert (merged.values, merged.origin) == (known, origin)
    assert (merged.changed, merged.contested) == ((), ("email",))


def test_none_clears_a_value_unless_it_was_confirmed() -> None:
    merged = merge(
        known={"email": "a", "phone": "1"},
        origin={"email": DESK, "phone": OLD},
        stated={"email": None, "phone": None},
        mark=MARK,
    )

    assert merged.values == {"email": "a", "phone": None}
    assert (merged.changed, merged.contested) == (("phone",), ("email",))


def test_of_someone_new_what_is_none_has_no_origin() -> None:
    merged = merge(known={}, origin={}, stated={"email": "a", "phone": None}, mark=MARK)

    assert merged.values == {"email": "a"}
    assert merged.origin == {"email": MARK}
