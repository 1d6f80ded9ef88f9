"""Rows taken in as a set."""

from typing import Any, NamedTuple
from uuid import UUID

import pytest

from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.intake import Intake, RefusedByDatabase, look_up
from havre.foundation.ids import new_id
from tests.database import acting_as
from tests.journeys.loading.tables import query

pytestmark = pytest.mark.django_db

ACTOR = Actor(name="tests", channel=Channel.FEED, purpose="test")


class _Row(NamedTuple):
    id: UUID
    source: str
    external_id: str
    name: str
    siren: str | None
    siren_given: bool = True


COMPANIES = Intake(
    "people_company", _Row, key=("source", "external_id"), once=("id",), kept=("siren",)
)


def row(external_id: str, name: str = "Câbles", siren: str | None = "1", **given: Any) -> _Row:
    return _Row(new_id(), "S", external_id, name, siren, **given)


def take(*rows: _Row) -> Any:
    with acting_as(Role.WORKER), acting(actor=ACTOR, role=Role.BATCH):
        return COMPANIES.take(rows)


def companies() -> list[Any]:
    return query("SELECT external_id, name, siren FROM people_company ORDER BY external_id")


def test_new_changed_and_same_are_told_apart() -> None:
    assert take(row("A"), row("B")).new == 2

    taken = take(row("A"), row("B", name="Autre", siren=None), row("C"))

    assert (taken.count, taken.new) == (3, 1)
    assert taken.known == {0: (), 1: ("name", "siren")}
    assert companies() == [("A", "Câbles", "1"), ("B", "Autre", None), ("C", "Câbles", "1")]


def test_a_kept_column_changes_only_if_it_is_given() -> None:
    take(row("A"))

    assert take(row("A", siren=None, siren_given=False)).known == {0: ()}
    take(row("A", name="Autre", siren=None, siren_given=False))
    assert companies() == [("A", "Autre", "1")]


def test_text_arrives_as_it_is() -> None:
    odd = 'tab\there \\N \\. "quoted" é 漢 \n; DROP TABLE'
    take(row("A", name=odd))

    assert companies() == [("A", odd, "1")]


def test_no_rows_are_no_work() -> None:
    assert take().count == 0


def test_a_constraint_is_named_and_no_value_told() -> None:
    with pytest.raises(RefusedByDatabase) as refused:
        take(row("A", name="SECRET"), row("A", name="SECRET"))

    assert refused.value.rule == "one_company_a_record"
    assert "SECRET" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_value_of_the_wrong_type_is_refused_too() -> None:
    with pytest.raises(RefusedByDatabase):
        take(row("A")._replace(id="not an id"))  # type: ignore[arg-type]


def test_rows_are_looked_up_by_key() -> None:
    take(row("A"), row("B"))
    with acting_as(Role.WORKER):
        found = look_up("people_company", keys=[("S", "A"), ("S", "Z")], give=("name", "siren"))
        assert found == {("S", "A"): ("Câbles", "1")}
        assert look_up("people_company", keys=[], give=("name",)) == {}
