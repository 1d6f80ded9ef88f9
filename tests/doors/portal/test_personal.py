"""Personal information: everything, with where it came from; what needs no proof changes at once."""

from datetime import date
from typing import Any

import pytest

from havre.commons.accounts.models import Account
from havre.commons.audit.models import Reading
from havre.domains.people.models import Membership, Person
from havre.foundation.db import Role
from tests.builders import a_contract, a_cover, a_membership, a_nir, a_person
from tests.database import acting_as
from tests.doors.portal.conftest import Member, signed_in
from tests.doors.portal.published import publish_demo

pytestmark = pytest.mark.django_db
FED = {"by": "FEED", "source": "S", "at": "2026-03-03T09:00:00+00:00", "confirmed": False}


def with_details(member: Member, **changes: Any) -> Membership:
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=member.membership.id).update(**changes)
    return on_file(member.membership)


def on_file(membership: Membership) -> Membership:
    with acting_as(Role.OWNER):
        return Membership.objects.get(id=membership.id)


def the_way(member: Member, what: str, person: Person | None = None) -> str:
    return f"/en/personal-information/{(person or member.person).id}/{what}"


def a_child(member: Member, born: date) -> tuple[Person, Membership]:
    child = a_person(household=member.household, first_name="Jules", birth_date=born)
    return child, a_membership(person=child, link="CHILD")


# --- What is shown -------------------------------------------------------------------------------


def test_each_value_says_where_it_came_from_and_when(claire: Member) -> None:  # W21 S4
    origins = {
        "phone": {**FED, "by": "PHONE"},
        "email": {**FED, "by": "DESK"},
        "expatriation_country": {**FED, "by": "EMPLOYER"},
        "language": {**FED, "by": "INSURER", "at": None},
        "address": {**FED, "by": "ONLINE", "confirmed": True},
        "adherent_number": FED,
    }
    with_details(
        claire,
        phone="+33612345678",
        email="claire@example.org",
        expatriation_country="MX",
        address_lines=["12 Calle Uno"],
        city="Puebla",
        postal_code="72000",
        country="MX",
        origin=origins,
    )
    page = claire.page("personal-information")
    for said in (
        "By phone, on 3 March 2026",
        "From our team, on 3 March 2026",
        "From the employer, on 3 March 2026",
        "From the insurer<",
        "Online, in this space, on 3 March 2026",
        "From the insurer’s files, on 3 March 2026",
        "+33\N{NO-BREAK SPACE}6\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34",
        "12 Calle Uno<br>72000 Puebla<br>Mexico",
        "HV 204 817 3",
    ):
        assert said in page, said
    assert "Where it came from was not kept" in page  # the names: the builder said nothing


def test_numbers_are_masked_and_shown_whole_on_demand(claire: Member) -> None:
    a_nir(claire.person, "269058722801216")
    assert "722 801" not in claire.page("personal-information").replace("\xa0", " ")
    answer = claire.client.post("/en/personal-information/numbers")
    assert "2 69 05 87" in answer.content.decode().replace("\xa0", " ")
    with acting_as(Role.OWNER):
        assert Reading.objects.filter(person_id=claire.person.id).count() == 1


def test_of_another_adult_who_they_are_and_not_how_to_reach_them(claire: Member) -> None:
    child, membership = a_child(claire, date(2000, 1, 1))
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=membership.id).update(phone="+33612345678")
    page = claire.page("personal-information")
    assert "Jules" in page
    assert "12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56" not in page
    for what in ("address", "phone", "language", "country"):
        assert claire.client.get(the_way(claire, what, child)).status_code == 404


def test_the_holder_changes_the_contact_of_a_minor(claire: Member) -> None:
    child, membership = a_child(claire, date(2015, 1, 1))
    answer = claire.client.post(the_way(claire, "phone", child), {"phone": "+33 6 12 34 56 78"})
    assert answer.status_code == 302
    assert on_file(membership).phone == "+33612345678"


def test_a_child_changes_nothing_of_the_holder(claire: Member) -> None:
    grown = a_person(household=claire.household, first_name="Jules", birth_date=date(2012, 1, 1))
    child = signed_in(
        person=grown,
        membership=a_membership(person=grown, link="CHILD", adherent_number="HV 9"),
    )
    assert child.client.get(the_way(claire, "phone")).status_code == 404
    assert child.client.get(the_way(child, "phone")).status_code == 200


# --- What changes at once ------------------------------------------------------------------------


def test_a_number_is_kept_as_it_is_dialled_from_anywhere(claire: Member) -> None:
    with_details(claire, expatriation_country="MX")
    way = the_way(claire, "phone")
    refused = claire.client.post(way, {"phone": "12"})
    assert refused.status_code == 422
    assert "No telephone has this number" in refused.content.decode()
    answer: Any = claire.client.post(way, {"phone": "55 5123 4567"})
    assert answer["Location"] == "/en/personal-information?saved=phone"
    row = on_file(claire.membership)
    assert row.phone == "+525551234567"
    assert row.origin["phone"] == {
        "by": "ONLINE",
        "source": "portal",
        "at": "2026-06-15T10:00:00+00:00",
        "confirmed": True,
    }


def test_the_address_has_the_fields_of_its_country(claire: Member) -> None:
    with_details(claire, expatriation_country="MX")
    way = the_way(claire, "address")
    page = claire.client.get(way, {"country": "US"}).content.decode()
    assert "ZIP code" in page
    assert (
        page.index('id="city"') < page.index('id="country_area"') < page.index('id="postal_code"')
    )
    assert "Massachusetts" in page
    typed = {"country": "US", "street_address": "1 Main St\n\nApt 2", "city": "Boston"}
    refused = claire.client.post(way, typed | {"country_area": "MA", "postal_code": "ABC"})
    assert refused.status_code == 422
    assert "a postal code looks like 95014" in refused.content.decode()
    answer = claire.client.post(way, typed | {"country_area": "MA", "postal_code": "02116"})
    assert answer.status_code == 302
    row = on_file(claire.membership)
    assert (row.address_lines, row.city, row.region) == (["1 Main St", "Apt 2"], "Boston", "MA")
    assert (row.postal_code, row.country) == ("02116", "US")
    assert "1 Main St" in claire.client.get(way).content.decode()


@pytest.mark.parametrize(
    ("letters", "lived", "asked"),
    [("MX", None, True), ("MX", "FR", True), ("MX", "MX", False), ("FR", "MX", False)],
)
def test_whose_letters_go_abroad_is_led_to_the_country_they_live_in(
    claire: Member, letters: str, lived: str | None, asked: bool
) -> None:
    with_details(claire, address_lines=["1 Calle Uno"], country=letters, expatriation_country=lived)
    led = f'href="{the_way(claire, "country")}"'
    pages = [claire.page(f"personal-information{query}") for query in ("", "?saved=address")]
    told = ["Your letters go abroad: Mexico" in page for page in pages]
    assert told == [False, asked]
    assert pages[1].count(led) == pages[0].count(led) + asked


def test_a_country_nobody_knows_gives_a_form_all_the_same(claire: Member) -> None:
    assert claire.client.get(the_way(claire, "address"), {"country": "XX"}).status_code == 200


def test_the_language_of_mails_follows_in_the_account(claire: Member) -> None:
    answer = claire.client.post(the_way(claire, "language"), {"language": "en"})
    assert answer.status_code == 302
    assert on_file(claire.membership).language == "en"
    with acting_as(Role.OWNER):
        assert Account.objects.get(id=claire.account.id).language == "en"


@pytest.mark.parametrize(
    ("zone", "country", "status"),
    [(3, "SN", 302), (3, "MX", 302), (3, "US", 422), (3, "AQ", 422), (None, "AQ", 302)],
)
def test_the_country_changes_where_the_contract_holds(
    claire: Member, zone: int | None, country: str, status: int
) -> None:
    publish_demo()
    contract = a_contract(household=claire.household, zone=zone)
    a_cover(contract=contract, person=claire.person)
    answer = claire.client.post(the_way(claire, "country"), {"country": country})
    assert answer.status_code == status
    if status == 422:
        assert "changes your cover" in answer.content.decode()
        assert "/personal-information/correction" in answer.content.decode()
        assert on_file(claire.membership).expatriation_country is None


# --- Two tabs, two clicks ------------------------------------------------------------------------


def test_a_second_click_changes_nothing(claire: Member) -> None:
    for _click in range(2):
        answer = claire.client.post(the_way(claire, "phone"), {"phone": "+33612345678"})
        assert answer.status_code == 302


def test_an_old_page_does_not_replace_what_changed_meanwhile(claire: Member) -> None:
    way = the_way(claire, "phone")
    claire.client.post(way, {"phone": "+33612345678", "shown": ""})
    old = claire.client.post(way, {"phone": "+33698765432", "shown": ""})
    assert old.status_code == 409
    assert on_file(claire.membership).phone == "+33612345678"
    page = old.content.decode()
    assert "This changed in the meantime" in page
    assert 'value="2026-06-15T10:00:00+00:00"' in page  # sent again, it replaces it
    again = {"phone": "+33698765432", "shown": "2026-06-15T10:00:00+00:00"}
    assert claire.client.post(way, again).status_code == 302
    assert on_file(claire.membership).phone == "+33698765432"
