"""Members feeds in the database: what is new, what changes, what stays, what is refused."""

from datetime import date
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from havre.foundation.crypto import Place, vault
from havre.journeys.loading.records import (
    Address,
    Bilingual,
    Company,
    Contract,
    Cover,
    Formula,
    GuaranteeShown,
    Intermediary,
    Option,
)
from havre.journeys.loading.report import Outcome
from tests.journeys.loading.feeds import a_contract, a_person
from tests.journeys.loading.tables import everything, loaded, outcomes, query, refusals

pytestmark = pytest.mark.django_db

NIR = "269057800608449"
SHOWN = Bilingual(fr="Dentaire", en="Dental")


def a_formula(*texts: str) -> Formula:
    shown = [
        GuaranteeShown(category="DENTAL", label=SHOWN, text=Bilingual(fr=text, en=text))
        for text in texts
    ]
    return Formula(
        product="LARGE", product_name=SHOWN, code="F1", name=SHOWN, guarantees=tuple(shown)
    )


def a_feed() -> tuple[Any, ...]:
    """A record of every kind, with every field."""
    address = Address(lines=("1 quai", "Bât. B"), city="Hanoï", country="VN", postal_code="10000")
    return (
        a_formula("100 %", "200 %"),
        Company(source="S", external_id="E-1", name="Câbles", siren="732829320"),
        Intermediary(source="S", external_id="I-1", name="Courtage"),
        a_person(
            nir=NIR,
            adherent_number="HV 000 001",
            email="n@exemple.example",
            phone="+33199001234",
            address=address,
            language="en",
            expatriation_country="VN",
            deceased_on=None,
        ),
        a_person(external_id="P-2", first_name="Zoé", link="CHILD", birth_date=date(2015, 1, 9)),
        a_contract(
            product="LARGE",
            formula="F1",
            employer="E-1",
            intermediary="I-1",
            zone=3,
            end=date(2027, 12, 31),
            options=(Option(code="O", name=SHOWN, start=date(2024, 1, 1)),),
            covers=(
                Cover(person="P-1", start=date(2024, 1, 1)),
                Cover(person="P-2", start=date(2024, 1, 1), end=date(2025, 12, 31)),
            ),
        ),
    )


def test_everything_lands_in_its_place() -> None:
    report = loaded(*a_feed())

    assert report.total(Outcome.NEW) == 6
    assert query(
        "SELECT p.family_name, p.sort_key, m.link, m.adherent_number, m.email, m.address_lines, "
        "m.postal_code, m.city, m.country, m.language, m.expatriation_country "
        "FROM people_person p JOIN people_membership m ON m.person_id = p.id "
        "WHERE p.external_id = 'P-1'"
    ) == [
        (
            *("Exemple", "exemple nathalie", "HOLDER", "HV 000 001", "n@exemple.example"),
            *('["1 quai", "Bât. B"]', "10000", "Hanoï", "VN", "en", "VN"),
        )
    ]
    assert query(
        "SELECT c.number, c.zone, c.last_day, f.code, e.name, i.name FROM contracts_contract c "
        "JOIN products_formula f ON f.id = c.formula_id "
        "JOIN people_company e ON e.id = c.employer_id "
        "JOIN people_intermediary i ON i.id = c.intermediary_id"
    ) == [("2024-1", 3, date(2027, 12, 31), "F1", "Câbles", "Courtage")]
    assert query("SELECT number_key FROM people_directory") == [("HV000001",)]
    assert query("SELECT position, text_fr FROM products_guarantee ORDER BY position") == [
        (0, "100 %"),
        (1, "200 %"),
    ]
    assert query("SELECT count(*) FROM contracts_cover WHERE last_day IS NULL") == [(1,)]


def test_the_nir_is_sealed_and_in_no_history() -> None:
    loaded(*a_feed())

    ((row_id, sealed),) = query("SELECT id, nir FROM people_person WHERE nir IS NOT NULL")
    assert vault().open(sealed, place=Place("people_person", "nir", row_id)) == NIR
    assert NIR not in str(everything())


def test_the_same_feed_again_changes_nothing_at_all() -> None:
    loaded(*a_feed())
    before = everything()

    report = loaded(*a_feed())

    assert report.changes_nothing
    assert report.total(Outcome.SAME) == 6
    assert everything() == before


def test_what_changes_is_told_by_field_and_recorded() -> None:
    loaded(*a_feed())
    feed = list(a_feed())
    feed[3] = replace(feed[3], email="autre@exemple.example", nir="269057800608548")
    feed[5] = replace(feed[5], number="2025-9", employer=None)

    report = loaded(*feed, dry_run=True)
    loaded(*feed)

    assert outcomes(report)["S/P-1"] == (Outcome.CHANGED, "nir, email")
    assert outcomes(report)["S/K-1"] == (Outcome.CHANGED, "number, employer")
    assert outcomes(report)["S/P-2"] == (Outcome.SAME, "")
    assert query(
        "SELECT actor, channel, after->>'email' FROM audit_change "
        "WHERE table_name = 'people_membership' AND operation = 'UPDATE'"
    ) == [("tests", "FEED", "autre@exemple.example")]
    ((row_id, sealed),) = query("SELECT id, nir FROM people_person WHERE nir IS NOT NULL")
    opened = vault().open(sealed, place=Place("people_person", "nir", row_id))
    assert opened == "269057800608548"


def test_a_changed_name_leaves_the_sealed_nir_as_it_was() -> None:
    loaded(*a_feed())
    before = query("SELECT nir FROM people_person WHERE external_id = 'P-1'")
    feed = list(a_feed())
    feed[3] = replace(feed[3], family_name="Modèle")

    loaded(*feed)

    assert query("SELECT nir FROM people_person WHERE external_id = 'P-1'") == before


def test_the_origin_of_a_value_is_kept_with_it() -> None:
    loaded(a_person(email="n@exemple.example"))

    ((origin,),) = query("SELECT origin->'email' FROM people_membership")
    assert '"by": "FEED"' in origin
    assert '"source": "S"' in origin
    assert "2026-06-15T10:00:00+00:00" in origin


def test_a_field_left_out_says_nothing_and_null_clears() -> None:
    loaded(a_person(email="n@exemple.example", phone="+33199001234", nir=NIR))

    loaded(a_person(phone=None, nir=None, birth_date=None))

    assert query(
        "SELECT m.email, m.phone, p.nir, p.nir_index, p.birth_date "
        "FROM people_membership m JOIN people_person p ON p.id = m.person_id"
    ) == [("n@exemple.example", None, None, None, date(1969, 5, 2))]


def test_a_death_is_kept() -> None:
    loaded(a_person())
    loaded(a_person(deceased_on=date(2026, 2, 1)))

    assert query("SELECT deceased_on FROM people_person") == [(date(2026, 2, 1),)]


# --- Covers and options --------------------------------------------------------------------------


def with_covers(*covers: Cover, **changes: Any) -> Contract:
    return a_contract(covers=covers, **changes)


def test_absence_ends_nothing_and_a_stated_end_does() -> None:
    first, second = (
        Cover(person="P-1", start=date(2024, 1, 1)),
        a_person(external_id="P-2", link="CHILD"),
    )
    other = Cover(person="P-2", start=date(2024, 1, 1), end=date(2026, 12, 31))
    loaded(a_person(), second, with_covers(first, other))

    loaded(a_person(), second, with_covers(first))
    loaded(a_person(), second, with_covers(first, Cover(person="P-2", start=date(2024, 1, 1))))
    assert query("SELECT last_day FROM contracts_cover ORDER BY last_day NULLS FIRST") == [
        (None,),
        (date(2026, 12, 31),),
    ]

    report = loaded(a_person(), with_covers(replace(first, end=date(2026, 6, 30))), dry_run=True)
    assert outcomes(report)["S/K-1"] == (Outcome.CHANGED, "covers")
    loaded(a_person(), with_covers(replace(first, end=date(2026, 6, 30))))
    assert query("SELECT last_day FROM contracts_cover ORDER BY last_day")[0] == (
        date(2026, 6, 30),
    )


def test_an_options_end_left_out_stays_and_null_opens_it() -> None:
    option = Option(code="O", name=SHOWN, start=date(2024, 1, 1), end=date(2026, 12, 31))
    loaded(a_person(), a_contract(options=(option,)))
    loaded(a_person(), a_contract(options=(replace(option, end=UNSET),)))
    assert query("SELECT last_day FROM contracts_contractoption") == [(date(2026, 12, 31),)]

    loaded(a_person(), a_contract(options=(replace(option, end=None),)))
    assert query("SELECT last_day FROM contracts_contractoption") == [(None,)]


def test_a_contracts_end_left_out_stays_and_null_opens_it() -> None:
    loaded(a_person(), a_contract(end=date(2026, 12, 31)))
    loaded(a_person(), a_contract())
    assert query("SELECT last_day FROM contracts_contract") == [(date(2026, 12, 31),)]

    loaded(a_person(), a_contract(end=None))
    assert query("SELECT last_day FROM contracts_contract") == [(None,)]


def test_a_start_after_the_end_that_is_known_is_refused() -> None:
    loaded(a_person(), a_contract(end=date(2026, 12, 31)))

    late = a_contract(start=date(2027, 1, 1), covers=())
    assert refusals(a_person(), late) == [
        "line 2, start: 2027-01-01 is after the known end, 2026-12-31"
    ]


def test_a_shorter_guarantee_table_replaces_the_one_known() -> None:
    loaded(a_formula("100 %", "200 %"))

    report = loaded(a_formula("150 %"), dry_run=True)
    loaded(a_formula("150 %"))

    assert outcomes(report) == {"LARGE/F1": (Outcome.CHANGED, "guarantees")}
    assert query("SELECT text_fr FROM products_guarantee") == [("150 %",)]


# --- References and other people's things --------------------------------------------------------


def test_references_are_found_in_the_database() -> None:
    loaded(*a_feed())

    contract = a_feed()[5]
    assert loaded(contract).total(Outcome.SAME) == 1
    assert loaded(replace(contract, external_id="K-2", number="2")).total(Outcome.NEW) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"employer": "E-9"}, 'employer: the company "E-9" is neither in the feed nor known'),
        (
            {"intermediary": "I-9"},
            'intermediary: the intermediary "I-9" is neither in the feed nor known',
        ),
        (
            {"product": "LARGE", "formula": "F9"},
            'formula: the formula "F9" is neither in the feed nor known',
        ),
        (
            {"covers": (Cover(person="P-9", start=date(2024, 1, 1)),)},
            'covers[0].person: the person "P-9" is neither in the feed nor known',
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(change: dict[str, Any], told: str) -> None:
    assert refusals(a_person(), a_contract(**change)) == [f"line 2, {told}"]


def test_what_another_household_has_is_refused() -> None:
    loaded(a_person(), a_contract())
    other = {"household": "H-2"}
    loaded(a_person(external_id="P-2", **other))

    moved = a_person(link="CHILD", **other)
    assert refusals(moved) == ["line 1, household: the person is known in another household"]
    assert refusals(a_contract(covers=(), **other)) == [
        "line 1, household: the contract is known in another household"
    ]
    cover = (Cover(person="P-1", start=date(2024, 1, 1)),)
    assert refusals(a_contract(external_id="K-2", covers=cover, **other)) == [
        'line 1, covers[0].person: the person "P-1" is of another household'
    ]


def test_one_household_has_one_holder() -> None:
    loaded(a_person())

    second = a_person(external_id="P-2")
    assert refusals(second) == ["line 1, link: the household has another holder"]
    assert refusals(a_person(household="H-2", external_id="P-3", link="CHILD")) == [
        "line 1, household: the household has no holder"
    ]
    loaded(second, a_person(link="SPOUSE"))
    assert query("SELECT count(*) FROM people_membership WHERE link = 'HOLDER'") == [(1,)]
