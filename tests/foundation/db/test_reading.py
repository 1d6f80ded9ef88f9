"""Reads that are compiled once: the SQL is the ORM's, the values are parameters, the guard holds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

from havre.domains.contracts.models import Contract, Cover
from havre.domains.people.models import Membership, Person
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.reading import AnyOf, Given, PreparedRead
from havre.foundation.ids import new_id
from tests.builders import a_contract, a_cover, a_household, a_person

pytestmark = pytest.mark.django_db
ASKS = Actor(name="test", channel=Channel.ONLINE, purpose="test")


class Named(NamedTuple):
    id: UUID
    first_name: str


@contextmanager
def sent() -> Iterator[list[tuple[str, list[Any]]]]:
    """Statements and their parameters, as they leave for the database."""
    noted: list[tuple[str, list[Any]]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        noted.append((sql, list(params)))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        yield noted


@pytest.fixture
def household() -> Iterator[UUID]:
    """A household, as its member reads it."""
    made = a_household()
    with reading(made):
        yield made


def reading(household: UUID) -> AbstractContextManager[None]:
    return acting(actor=ASKS, role=Role.MEMBER, household=household)


def people() -> PreparedRead[Named]:
    return PreparedRead(
        Named._make, Named._fields, lambda: Person.objects.filter(household_id=Given("household"))
    )


def among() -> PreparedRead[Named]:
    return PreparedRead(
        Named._make, Named._fields, lambda: Person.objects.filter(AnyOf(F("id"), Given("ids")))
    )


def as_orm_writes(
    *, household: Any, born: tuple[Any, Any], number: Any
) -> QuerySet[Membership, Any]:
    return (
        Membership.objects.filter(
            Q(adherent_number=number) | ~Q(link="CHILD"),
            household_id=household,
            person__birth_date__range=born,
            person__birth_date__lte=born[1],
        )
        .annotate(has_nir=Q(person__nir__isnull=False))
        .order_by("-person__birth_date")[:3]
    )


def test_it_sends_what_the_orm_would_send(household: UUID) -> None:
    columns = ("id", "person__first_name", "has_nir")
    blanks = as_orm_writes(
        household=Given("household"), born=(Given("first"), Given("last")), number=Given("number")
    )
    read = PreparedRead(tuple, columns, lambda: blanks)
    first, last = date(1980, 1, 1), date(1990, 12, 31)
    with sent() as ours:
        read(household=household, first=first, last=last, number="AH-1")
    with sent() as orm:
        written = as_orm_writes(household=household, born=(first, last), number="AH-1")
        list(written.values_list(*columns))
    assert ours == orm


@pytest.mark.usefixtures("household")
def test_values_are_parameters_never_text() -> None:
    read = PreparedRead(
        Named._make, Named._fields, lambda: Person.objects.filter(first_name=Given("name"))
    )
    hostile = "x' OR '1'='1' -- %s"
    with sent() as statements:
        assert read(name=hostile) == []
    ((sql, params),) = statements
    assert hostile not in sql
    assert params == [hostile]


@pytest.mark.usefixtures("household")
def test_it_is_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[SQLCompiler] = []
    compile_now = SQLCompiler.as_sql

    def note(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        compiled.append(self)
        return compile_now(self, *args, **options)

    monkeypatch.setattr(SQLCompiler, "as_sql", note)
    read = people()
    for _ in range(3):
        read(household=new_id())
    assert len(compiled) == 1


def test_each_sending_has_its_own_values_and_its_own_guard() -> None:
    mine, theirs = a_household(), a_household()
    me, they = a_person(household=mine), a_person(household=theirs)
    read = people()
    for household, person in ((mine, me), (theirs, they)):
        with reading(household):
            assert read(household=household) == [Named(person.id, person.first_name)]
    with reading(mine):
        assert read(household=theirs) == []
        assert among()(ids=[me.id, they.id]) == [Named(me.id, me.first_name)]


def test_a_list_of_any_length_is_one_statement() -> None:
    household = a_household()
    known = {a_person(household=household).id for _ in range(3)}
    read = among()
    with reading(household), sent() as statements:
        assert {row.id for row in read(ids=list(known))} == known
        assert read(ids=[]) == []
    assert len({sql for sql, _params in statements}) == 1


def test_values_come_as_the_fields_give_them() -> None:
    household = a_household()
    person = a_person(household=household)
    contract = a_contract(household=household)
    a_cover(contract=contract, person=person)
    covers = Cover.objects.filter(contract_id=OuterRef("id"))
    parts = ArraySubquery(covers.values(row=JSONObject(person="person_id")))
    read = PreparedRead(
        tuple,
        ("id", "first_day", "covers"),
        lambda: Contract.objects.filter(household_id=Given("household")).annotate(covers=parts),
    )
    with reading(household):
        assert read(household=household) == [
            (contract.id, contract.first_day, [{"person": str(person.id)}])
        ]


@pytest.mark.parametrize("given", [{}, {"household": None}, {"household": 1, "other": 2}])
def test_blanks_are_filled_all_and_with_something(given: dict[str, object]) -> None:
    with sent() as statements, pytest.raises(TypeError, match="household"):
        people()(**given)
    assert statements == []


def test_nothing_of_a_value_stays_in_the_read(household: UUID) -> None:
    """Threads share a read: what one fills in is nowhere in it."""
    read = people()
    read(household=household)
    assert str(household) not in repr(vars(read))
