"""What is sold, as members read it."""

import pytest

from havre.domains.products import queries
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.builders import a_formula

pytestmark = pytest.mark.django_db
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")


@pytest.mark.parametrize(
    ("product", "name", "title"),
    [
        ("Escale", "Confort", "Escale Confort"),
        ("Escale", "Escale Confort", "Escale Confort"),
        ("Cap Entreprise", "Cap Monde", "Cap Monde"),
    ],
)
def test_a_title_says_the_product_once(product: str, name: str, title: str) -> None:
    formula = a_formula(product_name_fr=product, name_fr=name)
    with acting(actor=ACTOR, role=Role.MEMBER):
        found = queries.formulas(ids=[formula.id, None])
    assert found[formula.id].title("fr") == title


def test_guarantees_come_in_the_products_order() -> None:
    formula = a_formula(guarantees=(("DENTAL", "Implant", "600 €"), ("HOSPITAL", "Stay", "100 %")))
    with acting(actor=ACTOR, role=Role.MEMBER):
        found = queries.formulas_with_guarantees(ids=[formula.id, new_id()])
    assert list(found) == [formula.id]
    table = found[formula.id].guarantees
    assert [row.label.said_in("fr") for row in table] == ["Implant", "Stay"]


def test_nothing_asked_is_no_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.formulas_with_guarantees(ids=[None]) == {}
        assert queries.formulas(ids=[None]) == {}
