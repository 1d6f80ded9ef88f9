"""What the member or the desk confirmed, and adherent numbers."""

from datetime import date
from typing import Any

import pytest

from havre.foundation.crypto import Place, vault
from havre.journeys.loading.report import Outcome
from tests.builders import a_household, a_member
from tests.journeys.loading.feeds import a_person
from tests.journeys.loading.tables import everything, loaded, outcomes, query, refusals

pytestmark = pytest.mark.django_db

CONFIRMED = {"by": "DESK", "source": "tests", "at": "2026-01-01T00:00:00+00:00", "confirmed": True}


def known_member(**changes: Any) -> None:
    person = {"external_id": "P-1", "origin": {"birth_date": CONFIRMED}}
    fields: dict[str, Any] = {
        "email": "connu@exemple.example",
        "phone": "+33199000000",
        "origin": {"email": CONFIRMED},
    }
    a_member(household=a_household(external_id="H-1"), person=person, **(fields | changes))


def test_a_confirmed_value_stays_and_the_difference_waits() -> None:
    known_member()

    feed = a_person(email="feed@exemple.example", phone="+33199001234", birth_date=date(1970, 1, 1))
    report = loaded(feed, dry_run=True)
    loaded(feed)

    assert outcomes(report)["S/P-1"] == (Outcome.TO_REVIEW, "email, birth_date, phone")
    assert query("SELECT email, phone FROM people_membership") == [
        ("connu@exemple.example", "+33199001234")
    ]
    differences = query("SELECT id, field, feed_value, state FROM people_difference ORDER BY field")
    opened = [
        (field, vault().open(sealed, place=Place("people_difference", "feed_value", row_id)), state)
        for row_id, field, sealed, state in differences
    ]
    assert opened == [
        ("birth_date", "1970-01-01", "WAITING"),
        ("email", "feed@exemple.example", "WAITING"),
    ]


def test_the_same_difference_is_noticed_once_and_another_value_is_another() -> None:
    known_member()
    feed = a_person(email="feed@exemple.example")
    assert loaded(feed).total(Outcome.TO_REVIEW) == 1
    before = everything()

    assert loaded(feed).changes_nothing
    assert everything() == before

    loaded(a_person(email=None))
    assert query("SELECT count(*), count(feed_value) FROM people_difference") == [(2, 1)]
    assert query("SELECT email FROM people_membership") == [("connu@exemple.example",)]


def test_a_feed_that_agrees_with_a_confirmed_value_leaves_its_origin() -> None:
    known_member()
    loaded(a_person(email="connu@exemple.example"))

    assert query("SELECT origin->'email'->>'by' FROM people_membership") == [("DESK",)]


# --- Adherent numbers ----------------------------------------------------------------------------


def test_a_number_of_someone_else_is_refused_however_it_is_written() -> None:
    loaded(a_person(adherent_number="HV 1"))

    other = a_person(external_id="P-2", household="H-2", adherent_number="hv-1")
    assert refusals(other) == ["line 1, adherent_number: is the adherent number of someone else"]


def test_a_changed_number_frees_the_one_before() -> None:
    loaded(a_person(adherent_number="HV 1"))
    other = {"external_id": "P-2", "household": "H-2"}

    loaded(a_person(adherent_number="HV 2"), a_person(adherent_number="HV 1", **other))
    loaded(a_person(adherent_number="HV 1"), a_person(adherent_number="HV 2", **other))

    assert query(
        "SELECT d.number_key, p.external_id FROM people_directory d "
        "JOIN people_membership m ON m.id = d.membership_id "
        "JOIN people_person p ON p.id = m.person_id ORDER BY 1"
    ) == [("HV1", "P-1"), ("HV2", "P-2")]


def test_numbers_are_issued_once_and_listed() -> None:
    people = [a_person(), a_person(external_id="P-2", household="H-2", adherent_number="A1")]

    report = loaded(*people, issue_numbers=True)

    (issued,) = [row for row in report.rows if row.outcome is Outcome.ISSUED]
    assert query("SELECT number_key FROM people_directory ORDER BY 1 DESC") == [
        (issued.detail,),
        ("A1",),
    ]
    assert issued.detail.startswith("HV")
    assert len(issued.detail) == 11
    again = loaded(*people, issue_numbers=True)
    assert again.changes_nothing
    assert not again.total(Outcome.ISSUED)


def test_no_number_is_issued_unless_asked_for() -> None:
    loaded(a_person())

    assert query("SELECT adherent_number FROM people_membership") == [(None,)]


def test_a_dry_run_names_no_number_that_would_not_be_kept() -> None:
    report = loaded(a_person(), issue_numbers=True, dry_run=True)

    assert "HV" not in "".join(report.lines())
    assert report.total(Outcome.ISSUED) == 1
