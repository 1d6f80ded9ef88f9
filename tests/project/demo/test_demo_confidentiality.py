"""The demo's house withholds what an employer's contract asks it to, and nothing else."""

from havre.domains.contracts.access import SHIPPED, read
from havre.domains.contracts.rules import withheld
from havre.domains.contracts.words import ContractKind, Withheld
from havre.project.demo.contracts import EMPLOYER
from havre.project.installation import _DEMO_RULES


def test_its_rules_are_those_that_ship_and_one_employers() -> None:  # W20
    demo, shipped = read(_DEMO_RULES), read(SHIPPED)
    assert (demo.sensitive, demo.private_from_age) == (
        shipped.sensitive,
        shipped.private_from_age,
    )
    for kind, employer in (
        (ContractKind.COLLECTIVE, EMPLOYER.siren),
        (ContractKind.COLLECTIVE, None),
        (ContractKind.INDIVIDUAL, None),
    ):
        found = withheld(demo.withholdings, kind=kind, product="CAP", employer=employer)
        assert (Withheld.GUARANTEE_TABLE in found) is (employer is not None)
