"""Places in an order of several columns."""

from datetime import date

import pytest

from havre.domains.people.models import Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.keyset import row_than
from tests.builders import a_household, a_person

pytestmark = pytest.mark.django_db
ASKS = Actor(name="test", channel=Channel.ONLINE, purpose="test")
FIRST, SECOND, THIRD = (date(1980, 1, day) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("than", "found"),
    [
        ("lt", {(FIRST, "Zoé"), (SECOND, "Ali")}),
        ("lte", {(FIRST, "Zoé"), (SECOND, "Ali"), (SECOND, "Léa")}),
        ("gt", {(SECOND, "Noé"), (THIRD, "Ali")}),
        ("gte", {(SECOND, "Léa"), (SECOND, "Noé"), (THIRD, "Ali")}),
    ],
)
def test_a_column_counts_only_among_those_equal_in_the_one_before(
    than: str, found: set[tuple[date, str]]
) -> None:
    household = a_household()
    for day, name in [
        (FIRST, "Zoé"),
        (SECOND, "Ali"),
        (SECOND, "Léa"),
        (SECOND, "Noé"),
        (THIRD, "Ali"),
    ]:
        a_person(household=household, birth_date=day, first_name=name)
    with acting(actor=ASKS, role=Role.MEMBER, household=household):
        rows = Person.objects.filter(row_than(than, birth_date=SECOND, first_name="Léa"))
        assert set(rows.values_list("birth_date", "first_name")) == found
