"""Certificates with what a house publishes: its kinds, its zones, what its formulas pay."""

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from havre.commons.content import actions
from havre.domains.contracts.models import Contract
from havre.foundation.db import Role
from tests.builders import a_contract, a_cover, a_formula, an_option
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, TODAY, Member
from tests.doors.portal.published import publish_demo
from tests.foundation.reading_pdf import text_of

STAY = {"first_day": "01/07/2026", "last_day": "31/07/2026"}


def covered(claire: Member, *, zone: int = 3, code: str = "CONFORT", **option: object) -> Contract:
    formula = a_formula(product_code="ESCALE", code=code)
    made = a_contract(household=claire.household, zone=zone, formula_id=formula.id)
    a_cover(contract=made, person=claire.person)
    named = {"code": "ASSISTANCE", "name_en": "Assistance and repatriation"}
    an_option(contract=made, **(named | option))
    return made


def asked(claire: Member, contract: Contract, kind: str, **wish: str) -> tuple[int, str]:
    """The status, then the text of the certificate or the page that refuses it."""
    fields = {"person": str(claire.person.id), "contract": str(contract.id), "language": "en"}
    answer = claire.client.post(f"/en/certificates/new/{kind}", fields | wish)
    if answer.status_code != 302:
        return answer.status_code, answer.content.decode()
    pdf = claire.client.get(f"{answer['Location']}/file").content
    return 302, re.sub(r"\s+", " ", text_of(pdf))


def test_a_schengen_visa_is_certified_where_zones_amounts_and_option_hold(
    claire: Member,
) -> None:  # W30
    publish_demo()
    status, said = asked(claire, covered(claire), "schengen", **STAY)
    assert status == 302, re.findall(r'<p class="b">(.*?)</p>', said)
    for words in (
        "from 1 July 2026 to 31 July 2026",
        "€800,000",
        "Repatriation Included, by the option “Assistance and repatriation”",
        "Zones 1 to 3 of the contract",
        "Rest of Europe but the United Kingdom",
        "810/2009",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({"zone": 2}, "not known to cover every Schengen state"),
        ({"code": "LEMAN"}, "not known to pay the least amount"),
        ({"last_day": date(2026, 7, 30)}, "no repatriation option on these days"),
    ],
)
def test_each_thing_that_it_asks_for_is_enough_to_refuse(
    claire: Member, held: dict[str, object], said: str
) -> None:
    publish_demo()
    status, page = asked(claire, covered(claire, **held), "schengen", **STAY)  # type: ignore[arg-type]
    assert status == 422
    assert len(re.findall(r"not known to|no repatriation option", page)) == 1
    assert said in page


def test_a_house_offers_its_own_kinds_in_its_own_words(claire: Member, tmp_path: Path) -> None:
    (tmp_path / "certificates.yaml").write_text(
        dedent("""
            in_force_from: 2026-06-01
            kinds:
              - code: port-visa
                period: DAY
                words:
                  fr: {name: Attestation de port, about: Pour le port., remarks: [Vue du quai.]}
                  en: {name: Port certificate, about: For the port., remarks: [Seen from the quay.]}
                  de: {name: Hafenbescheinigung}
                  es: {name: Certificado de puerto}
        """),
        encoding="utf-8",
    )
    with acting_as(Role.WORKER):
        folder = actions.read_folder(tmp_path, facts={"fr": {}, "en": {}})
        actions.publish(folder=folder, author="tests", now=NOW, today=TODAY)
    contract = covered(claire)
    assert "Port certificate" in claire.page("certificates")
    status, said = asked(claire, contract, "port-visa", day="15/06/2026")
    assert status == 302
    assert "Port certificate" in said
    assert "Seen from the quay." in said
    assert "Port certificate" in claire.page("certificates")
    assert asked(claire, contract, "membership", day="15/06/2026")[0] == 404
