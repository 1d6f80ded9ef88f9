"""What contracts withhold, by rules that are a file."""

from pathlib import Path

import pytest
from django.conf import settings

from havre.domains.contracts import queries
from havre.domains.contracts.access import SHIPPED, WrongRules, read
from havre.domains.contracts.words import Withheld
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import a_company, a_contract, a_formula, a_household, a_member

ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="read")
RULES = """
version: tests
sensitive: [MENTAL_HEALTH]
private_from_age: 13
contracts:
  - {kind: COLLECTIVE, withholds: [LINE_GUARANTEE]}
  - {kind: COLLECTIVE, product: ESCALE, withholds: [GUARANTEE_TABLE]}
  - {kind: COLLECTIVE, employer: "552100554", withholds: [AMOUNTS_OF_OTHERS]}
"""


@pytest.mark.parametrize(
    ("kind", "product", "siren", "withheld"),
    [
        ("INDIVIDUAL", "ESCALE", "552100554", set()),
        ("COLLECTIVE", None, None, {"LINE_GUARANTEE"}),
        ("COLLECTIVE", "ESCALE", None, {"LINE_GUARANTEE", "GUARANTEE_TABLE"}),
        ("COLLECTIVE", None, "552100554", {"LINE_GUARANTEE", "AMOUNTS_OF_OTHERS"}),
        ("COLLECTIVE", "AUTRE", "111111111", {"LINE_GUARANTEE"}),
    ],
)
@pytest.mark.django_db
def test_rules_are_met_by_kind_product_and_employer(  # W20
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    product: str | None,
    siren: str | None,
    withheld: set[str],
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    household = a_household()
    a_member(household=household)
    contract = a_contract(
        household=household,
        kind=kind,
        formula_id=a_formula(product_code=product).id if product else None,
        employer_id=a_company("Cordages", siren=siren).id if siren else None,
    )
    monkeypatch.setattr(settings.HAVRE, "CONFIDENTIALITY", file)
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        seen = queries.household_of(household=household)
    assert seen.withheld == {contract.id: {Withheld(word) for word in withheld}}


def test_the_rules_that_ship_withhold_nothing() -> None:
    shipped = read(SHIPPED)
    assert shipped.sensitive == {"MATERNITY", "MENTAL_HEALTH", "SEXUAL_HEALTH"}
    assert not any(rule.withholds for rule in shipped.withholdings)


@pytest.mark.parametrize(
    "wrong",
    [
        ("LINE_GUARANTEE", "LINE_WARRANTY"),
        ("COLLECTIVE", "GROUP"),
        ("552100554", "552 100"),
        ("private_from_age: 13", "private_from_age: 30"),
        ("version", "edition"),
    ],
)
def test_a_file_that_is_no_rules_is_refused(tmp_path: Path, wrong: tuple[str, str]) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES.replace(*wrong))
    with pytest.raises(WrongRules, match=r"rules\.yaml"):
        read(file)
