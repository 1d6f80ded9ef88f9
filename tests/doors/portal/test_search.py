"""The search of settled care: what is typed, what the address holds, and what is found."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from havre.domains.people.models import Person
from tests.builders import a_contract, a_line, a_member, a_transfer
from tests.doors.portal.conftest import TODAY, Member
from tests.doors.portal.test_reimbursements import main_of, without_choices

HERS: tuple[dict[str, Any], ...] = (
    {"act": "Act one", "category": "DENTAL", "provider": "Clínica del Valle"},
    {"act": "Act two", "category": "OPTICAL", "provider": "Saint-Luc"},
    {
        "act": "Act three",
        "category": "PHARMACY",
        "spent": Decimal("1234.50"),
        "spent_currency": "MXN",
        "converted": Decimal("61.70"),
        "reimbursed": Decimal("55.00"),
    },
)


@pytest.fixture
def mathieu(claire: Member) -> Person:
    person = {"first_name": "Mathieu", "birth_date": date(1984, 9, 2)}
    return a_member(household=claire.household, person=person, link="SPOUSE")[0]


@pytest.fixture
def care(claire: Member, mathieu: Person) -> None:
    """Three lines of Claire's, a month apart, and one of Mathieu's, masked, with the last."""
    for number, line in enumerate(HERS):
        day = TODAY - timedelta(days=31 * number)
        transfer = a_transfer(household=claire.household, settled_on=day)
        a_line(person=claire.person, transfer=transfer, **line)
    a_line(
        person=mathieu,
        transfer=transfer,
        act="Psychiatre",
        category="MATERNITY",
        provider="Clínica Canary",
        reimbursed=Decimal("77.77"),
    )


def found(claire: Member, query: str, *, language: str = "en") -> str:
    page = main_of(claire.page(f"reimbursements?{query}", language=language))
    return without_choices(page)


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ("provider=CLINICA+val", {"one"}),
        ("provider=saint+luc", {"two"}),
        ("provider=%25", set()),
        ("category=OPTICAL", {"two"}),
        ("period=this-month", {"one"}),
        ("period=3-months", {"one", "two", "three"}),
        ("start=01/05/2026&end=31/05/2026", {"two"}),
        ("least=1+234,50&most=1.234,50&currency=mxn", {"three"}),
        ("least=61.70&most=61.70&currency=EUR", {"three"}),
        ("least=61.70+%E2%82%AC&most=EUR+61,70", {"three"}),
        ("least=1+234,50+mxn", {"three"}),
        ("least=61.70&most=61.70&currency=%E2%82%AC", {"three"}),
        ("paid=REIMBURSED&least=55&currency=EUR", {"three"}),
        ("currency=MXN", {"three"}),
        ("least=20&most=30&currency=EUR&category=DENTAL", {"one"}),
    ],
)
@pytest.mark.parametrize("group", ["", "&group=beneficiary", "&group=category"])
def test_what_a_search_finds(  # W28
    claire: Member, care: None, query: str, acts: set[str], group: str
) -> None:
    html = found(claire, query + group)
    assert {act for act in ("one", "two", "three") if f"Act {act}<" in html} == acts
    assert "Psychiatre" not in html


@pytest.mark.parametrize(
    "query",
    [
        "category=MATERNITY",
        "provider=canary",
        "paid=REIMBURSED&least=77.77&most=77.77&currency=EUR",
        "provider=canary&group=category",
    ],
)
def test_masked_care_is_found_by_nothing_of_its_own(claire: Member, care: None, query: str) -> None:
    html = found(claire, query)
    assert "Nothing was found" in html
    assert "<article" not in html
    assert '<section class="paper' not in html


def test_masked_care_counts_in_the_sums_where_its_amounts_are_told(  # W29
    claire: Member, care: None
) -> None:
    for group, label in (("beneficiary", "Private care"), ("category", "Private care")):
        html = found(claire, f"period=12-months&group={group}")
        sums = html.partition("Sums of the whole search")[2].partition("</table>")[0]
        assert f">{label}</th>" in " ".join(sums.split()).replace("<br>", "")
        assert "€77.77" in sums
        assert "Mathieu" not in html


def test_the_address_holds_the_search_and_nothing_else(claire: Member, care: None) -> None:
    answer = claire.client.get("/en/reimbursements?period=&person=&provider=saint+luc&least=")
    assert answer.status_code == 302
    assert answer["Location"] == "/en/reimbursements?provider=saint+luc"
    html = found(claire, "provider=saint+luc&category=OPTICAL&group=category")
    assert 'href="/en/reimbursements?category=OPTICAL&amp;group=category"' in html
    assert 'href="/en/reimbursements?provider=saint+luc&amp;group=category"' in html
    assert 'value="saint luc"' in html


def test_an_amount_is_in_the_currency_of_the_contracts_unless_they_have_several(
    claire: Member, care: None
) -> None:
    a_contract(household=claire.household, currency="EUR")
    html = found(claire, "paid=REIMBURSED&least=55")
    assert "Act three" in html
    assert "Reimbursed from €55.00" in html
    a_contract(household=claire.household, currency="USD")
    assert claire.client.get("/en/reimbursements?least=55").status_code == 422


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("start=31/02/2026", "February 2026 has 28 days"),
        ("start=01/05/2026&end=01/04/2026", "before the first one"),
        ("period=this-year&start=01/05/2026", "not both"),
        ("least=abc&currency=EUR", "Write an amount"),
        ("least=1,234&currency=EUR", "Write thousands with a space"),
        ("least=10", "Write the currency"),
        ("least=10+EUR&most=20+USD", "one currency at a time"),
        ("least=10+EUR&currency=USD", "one currency at a time"),
        ("least=10+ABC", "Write an amount"),
        ("least=EUR+10+EUR", "Write an amount"),
        ("least=10,50&currency=JPY", "no such amount"),
        ("least=20&most=10&currency=EUR", "less than the first"),
        ("currency=ZZZ", "three letters of a currency"),
        ("category=NOPE", "Choose one of the answers"),
        ("person=not-a-person", "Choose one of the answers"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_kept(
    claire: Member, care: None, query: str, message: str
) -> None:
    answer = claire.client.get(f"/en/reimbursements?{query}&provider=kept")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert message in html
    assert 'aria-invalid="true"' in html
    assert 'value="kept"' in html
    assert "Act one" not in html


@pytest.mark.parametrize("query", ["category=DENTAL", "unknown=1"])
def test_pages_go_both_ways_and_new_rows_move_nothing(claire: Member, query: str) -> None:
    for number in range(25):
        day = TODAY - timedelta(days=number)
        transfer = a_transfer(household=claire.household, settled_on=day)
        a_line(person=claire.person, transfer=transfer, act=f"Act {number}.")
    first = found(claire, query)
    second = found(claire, linked(first, "Earlier"))
    newest = a_transfer(household=claire.household, settled_on=TODAY)
    a_line(person=claire.person, transfer=newest, act="Newest")
    third = found(claire, linked(second, "Earlier"))
    pages = (set(range(10)), set(range(10, 20)), set(range(20, 25)))
    assert (acts(first), acts(second), acts(third)) == pages
    assert acts(found(claire, linked(third, "Later"))) == pages[1]
    assert acts(found(claire, linked(second, "Later"))) == pages[0]


def acts(html: str) -> set[int]:
    return {number for number in range(25) if f"Act {number}.<" in html}


def linked(html: str, text: str) -> str:
    """The query of the link with that text."""
    before = html.partition(f">{text}</a>")[0].rpartition('href="')[2]
    return before.partition("?")[2].partition('"')[0].replace("&amp;", "&")


def test_figures_never_stand_between_a_reader_and_the_search(claire: Member, care: None) -> None:
    page = main_of(claire.page("reimbursements"))
    head, _figures, _rest = page.partition("The last six months")
    assert 'href="#find"' in head
    latest = head.partition('href="#t-')[2].partition('"')[0]
    assert f'id="t-{latest}"' in page
    assert 'href="#find"' not in main_of(claire.page("reimbursements?category=DENTAL"))
