"""Finding members at the desk: by whatever they say, in scope, and never a word of it in an address."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from havre.domains.people.models import FormerEmail, Person
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import (
    BUILDER,
    IBAN,
    a_bank_account,
    a_company,
    a_contract,
    a_formula,
    a_household,
    a_member,
    a_nir,
    an_intermediary,
)
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
NIR = "185057800608491"


def somebody(family: str, first: str, **membership: Any) -> UUID:
    """A member by that name; the id of their membership."""
    person = {"family_name": family, "first_name": first}
    return a_member(person=person, **membership)[1].id


def led_to(desk: Desk, typed: str) -> str:
    """Where typing this leads, redirects followed."""
    answer = desk.client.post("/desk/members", {"q": typed}, follow=True)
    assert answer.status_code == 200
    ways = [way for way, _status in answer.redirect_chain]
    assert all(len(typed) < 2 or typed not in way for way in ways), (
        "what was typed stands in an address"
    )
    return str(answer.request["PATH_INFO"] if "of=" not in ways[-1] else answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Le Goff Hélène", False),
        ("helene le goff", False),
        ("LE GOFF", False),
        ("goff hel", False),
        ("legoff helene", False),
        ("Le Gofff Hélène", True),  # one letter too many
        ("Le Goff Hlène", True),  # one missing
        ("Le Goff Hélina", True),  # one wrong
        ("Le Goff Héèlne", True),  # two turned round
        ("Hélène Le Goff Kerdraon", True),  # a double name of which the file knows one part
        ("goff hel ène", True),
    ],
)
def test_a_name_is_found_as_people_say_it(desk_client: DeskClient, typed: str, near: bool) -> None:
    wanted = somebody("Le Goff", "Hélène")
    for other in ("Goffin", "Legrand", "Gaff"):
        somebody(other, "Hélier")
    led = led_to(desk_client(), typed)
    assert str(wanted) in led
    assert ("spelled nearly so." in led) is near


def test_what_is_spelled_as_typed_comes_alone_and_the_near_ones_on_demand(
    desk_client: DeskClient,
) -> None:
    somebody("Durand", "Paul")
    somebody("Durand", "Anne")
    somebody("Durant", "Zoé")
    desk = desk_client()
    page = led_to(desk, "durand")
    assert "Paul Durand" in page
    assert "Zoé Durant" not in page
    near = page.rpartition('href="')[0].rpartition("/desk/members?of=")[2].partition('"')[0]
    assert "Zoé Durant" in desk.page(f"members?of={near}")


def test_nobody_who_is_another(desk_client: DeskClient) -> None:
    somebody("Li", "Wei")
    desk = desk_client()
    for typed in ("Lina", "Lu Wei", "Weber", "%", "_", "'; drop"):
        assert "Nobody was found" in led_to(desk, typed)


def test_every_number_and_address(desk_client: DeskClient) -> None:
    person, membership = a_member(
        adherent_number="HV000000007", email="Claire@Exemple.org", phone="+33612345678"
    )
    somebody("Autre", "Paul", adherent_number="HV000000008", email="paul@exemple.org")
    a_bank_account(person=person)
    a_nir(person, NIR)
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Person.objects.filter(id=person.id).update(nir_index=vault().blind(NIR, purpose="nir"))
        FormerEmail(
            id=new_id(),
            household_id=person.household_id,
            membership_id=membership.id,
            email="ancienne@exemple.org",
            replaced_at=datetime.now(UTC),
        ).save(force_insert=True)
    desk = desk_client()
    for typed in (
        *("HV000000007", "hv 000 000 007"),
        *("claire@exemple.org", "ANCIENNE@exemple.org"),
        *("06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678"),
        *(NIR, "1 85 05 78 006 084 91"),
        *(IBAN, "FR76 3000 6000 0112 3456 7890 189"),
    ):
        assert led_to(desk, typed) == f"/desk/members/{membership.id}", typed


def test_a_request_by_its_number(desk_client: DeskClient) -> None:
    from tests.doors.desk.requests import filed  # its builders are the desk's

    case = filed()
    assert led_to(desk_client(), case.number) == f"/desk/members/{case.membership}"


def test_who_is_out_of_scope_is_not_there(desk_client: DeskClient) -> None:
    household, elsewhere = a_household(), a_household()
    employer, intermediary = a_company("Cordages").id, an_intermediary("Cabinet").id
    formula = a_formula(product_code="ESC").id
    a_contract(
        household=household, formula_id=formula, employer_id=employer, intermediary_id=intermediary
    )
    a_contract(household=elsewhere)
    person = {"family_name": "Morvan", "first_name": "Yann"}
    mine = a_member(household=household, person=person)[1].id
    other = a_member(household=elsewhere, person=person)[1].id
    whole = desk_client()
    assert str(mine) in led_to(whole, "Morvan")
    for scope in (
        {"products": ["ESC"]},
        {"employers": [str(employer)]},
        {"intermediaries": [str(intermediary)]},
        {"products": ["ESC"], "employers": [str(employer)]},
    ):
        desk = desk_client("AGENT", **scope)
        assert led_to(desk, "Morvan") == f"/desk/members/{mine}"
        assert desk.client.get(f"/desk/members/{other}").status_code == 404
        assert desk.client.post(f"/desk/members/{other}/number").status_code == 404
        assert desk.client.post(f"/desk/members/{other}/note", {"words": "x"}).status_code == 404
    desk = desk_client("AGENT", products=["AUTRE"])
    assert "Nobody was found" in led_to(desk, "Morvan")
    missing = desk.client.get(f"/desk/members/{new_id()}")
    hidden = desk.client.get(f"/desk/members/{mine}")
    assert missing.status_code == hidden.status_code == 404
    assert len(missing.content) == len(hidden.content)


def test_pages_follow_by_name_and_a_word_of_another_opens_nothing(desk_client: DeskClient) -> None:
    household = a_household()
    for number in range(30):
        first = f"Prénom{chr(97 + number // 26)}{chr(97 + number % 26)}"
        a_member(household=household, person={"family_name": "Riou", "first_name": first})
    desk = desk_client()
    page = led_to(desk, "riou")
    assert page.count('<th scope="row">') == 25
    word = page.partition("/desk/members?of=")[2].partition('"')[0]
    rest = desk.page(f"members?of={word}")
    assert rest.count('<th scope="row">') == 5
    assert "Riou" not in desk_client().page(f"members?of={word}")
    assert "Riou" not in desk.page("members?of=abc")
