"""The demo house adds up, belongs to nobody, and is the same each time."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import chain

import pytest

from havre.exchanges.jsonl.reader import read
from havre.foundation.dates import age_on, last_months
from havre.foundation.identifiers import adherent_key, check_iban, check_nir, check_siren
from havre.foundation.money import Money, minor_units
from havre.journeys.loading.gathering import gather
from havre.journeys.loading.records import (
    Company,
    Contract,
    Formula,
    Intermediary,
    Line,
    Person,
    Transfer,
)
from havre.project.demo.house import DemoHouse, demo_house, write_house
from havre.project.demo.places import COUNTRIES

SEED = 2026
TODAY = date(2026, 11, 22)
# A leap day, and a Saturday that is the first of its month: no working day came before it there.
DAYS = [TODAY, date(2028, 2, 29), date(2026, 8, 1)]


@cache
def house(day: date = TODAY, seed: int = SEED) -> DemoHouse:
    return demo_house(seed, day)


def members(kind, day=TODAY):
    return [record for record in house(day).members if isinstance(record, kind)]


def told(kind, day=TODAY):
    return [record for record in house(day).statements if isinstance(record, kind)]


def household_of(number, day=TODAY):
    return next(one.household for one in members(Person, day) if one.adherent_number == number)


def settled_lines(day=TODAY):
    return [line for line in told(Line, day) if line.reimbursed is not None]


@pytest.mark.parametrize("day", DAYS)
def test_the_same_seed_and_day_give_the_same_house(day):
    assert demo_house(SEED, day) == house(day)


def test_another_seed_or_day_gives_another_house():
    assert house(seed=SEED + 1).statements != house().statements
    assert house(TODAY + timedelta(days=1)).statements != house().statements


@pytest.mark.parametrize("day", DAYS)
def test_each_transfer_is_the_sum_of_its_lines(day):
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in told(Line, day):
        if line.transfer is not None:
            sums[line.transfer] += line.reimbursed
    assert sums == {transfer.external_id: transfer.total for transfer in told(Transfer, day)}


@pytest.mark.parametrize("day", DAYS)
def test_a_transfer_pays_lines_of_its_own_household_and_currency(day):
    transfers = {transfer.external_id: transfer for transfer in told(Transfer, day)}
    for line in told(Line, day):
        if line.transfer is not None:
            paid = transfers[line.transfer]
            assert (paid.household, paid.currency) == (line.household, line.currency)


@pytest.mark.parametrize("day", DAYS)
def test_who_paid_what_adds_up_to_the_cost(day):
    for line in settled_lines(day):
        parts = line.primary_share + line.other_share + line.reimbursed + line.left_to_pay
        assert parts == line.converted
        assert 0 <= line.deductible <= line.left_to_pay
        assert min(line.primary_share, line.other_share, line.reimbursed) >= 0
        assert line.ceiling_left is None or line.ceiling_left >= 0


def test_the_cost_is_what_was_spent_at_the_rate_shown():
    for line in settled_lines():
        spent = Money(line.spent.amount, line.spent.currency)
        if line.rate is None:
            assert (spent.currency, spent.amount) == (line.currency, line.converted)
        else:
            assert Money.rounded(spent.amount * line.rate.value, line.currency).amount == (
                line.converted
            )
            assert 0 <= (line.care_date - line.rate.day).days <= 2


def test_amounts_have_the_decimals_of_their_currency():
    for line in settled_lines():
        for amount in (line.converted, line.primary_share, line.reimbursed, line.left_to_pay):
            assert -amount.as_tuple().exponent == minor_units(line.currency)


def test_what_is_left_to_pay_has_a_reason_and_a_clause():
    for line in settled_lines():
        assert (line.left_to_pay > 0) == (line.reason is not None) == (line.clause is not None)


def test_every_limit_and_kind_of_payer_is_met():
    lines, transfers = told(Line), told(Transfer)
    reasons = " ".join(f"{line.reason.fr} {line.reason.en}" for line in lines if line.reason)
    for words in ("s’arrête à", "is reached", "franchise", "% of the cost", "séances de l’année"):
        assert words in reasons
    assert {transfer.payee for transfer in transfers} == {"MEMBER", "PROVIDER"}
    assert any(line.transfer is None for line in lines)
    assert any(line.other_share for line in lines)
    assert Decimal("17.50") in {line.primary_share for line in lines}
    assert len({line.category for line in lines}) == 12


def test_a_visit_costs_what_a_visit_may_cost_anywhere():
    costs = [one.converted for one in settled_lines() if one.category == "GENERAL_PRACTITIONER"]
    assert min(costs) > 8
    assert max(costs) < 300


def test_nobody_is_covered_before_birth():
    births = {one.external_id: one.birth_date for one in members(Person)}
    covers = [cover for contract in members(Contract) for cover in contract.covers]
    assert all(cover.start >= births[cover.person] for cover in covers)
    assert any(cover.start == births[cover.person] for cover in covers)


def test_the_cfe_pays_only_under_its_complements():
    schemes = {contract.external_id: contract.scheme for contract in members(Contract)}
    paying = {schemes[line.contract] for line in settled_lines() if line.primary_share}
    assert paying == {"CFE_COMPLEMENT"}


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_dated_after_today_or_older_than_two_years(day):
    earliest = min(line.care_date for line in told(Line, day))
    assert earliest >= day - timedelta(days=731)
    assert max(line.care_date for line in told(Line, day)) <= day
    assert max(transfer.settled_on for transfer in told(Transfer, day)) <= day
    assert all(one.birth_date <= day for one in members(Person, day))


@pytest.mark.parametrize("day", DAYS)
def test_care_is_covered_on_its_day_and_paid_after_it(day):
    covers = {
        (contract.external_id, cover.person): cover
        for contract in members(Contract, day)
        for cover in contract.covers
    }
    settled = {transfer.external_id: transfer.settled_on for transfer in told(Transfer, day)}
    for line in told(Line, day):
        cover = covers[line.contract, line.person]
        assert cover.start <= line.care_date <= (cover.end or day)
        assert line.transfer is None or line.care_date < settled[line.transfer]


def test_households_live_on_every_continent():
    continents = {COUNTRIES[one.expatriation_country].continent for one in members(Person)}
    assert continents == {
        "EUROPE",
        "ASIA",
        "AFRICA",
        "NORTH AMERICA",
        "SOUTH AMERICA",
        "OCEANIA",
    }
    assert {one.expatriation_country for one in members(Person)} == set(COUNTRIES)
    assert {contract.zone for contract in members(Contract)} == {1, 2, 3, 4, 5}


def test_about_two_hundred_households_have_five_to_sixty_lines_each():
    lines = Counter(line.household for line in told(Line))
    assert len({one.household for one in members(Person)}) == 200
    assert max(lines.values()) <= 60
    assert sorted(lines.values())[len(lines) // 5] >= 5


def test_contracts_are_of_every_kind():  # W40
    contracts = members(Contract)
    assert {(one.kind, one.intermediary is not None) for one in contracts} == {
        ("INDIVIDUAL", True),
        ("INDIVIDUAL", False),
        ("COLLECTIVE", False),
    }
    assert {one.scheme for one in contracts} == {"CFE_COMPLEMENT", "FIRST_EURO"}
    assert {one.currency for one in contracts} == {"EUR", "USD", "CHF"}
    assert all((one.employer is not None) == (one.kind == "COLLECTIVE") for one in contracts)
    assert all(one.options == () or one.options[0].start == one.start for one in contracts)


def test_contracts_end_soon_begin_later_and_ended_lately():
    ends = [one.end for one in members(Contract) if one.end is not None]
    assert any(TODAY < end <= TODAY + timedelta(days=60) for end in ends)
    assert any(TODAY - timedelta(days=730) < end < TODAY for end in ends)
    assert any(one.start > TODAY for one in members(Contract))


def test_some_household_has_two_currencies():
    currencies = defaultdict(set)
    for transfer in told(Transfer):
        currencies[transfer.household].add(transfer.currency)
    assert {len(found) for found in currencies.values()} == {1, 2}


def test_one_died_one_has_no_nir_and_one_adult_no_email():
    people = members(Person)
    late = [one for one in people if one.deceased_on is not None]
    assert len(late) == 1
    assert late[0].deceased_on < TODAY
    assert [one.nir for one in people].count(None) == 1
    assert sum(one.adherent_number is not None and one.email is None for one in people) == 1
    assert any(
        one.link == "CHILD" and one.adherent_number and age_on(one.birth_date, TODAY) >= 18
        for one in people
    )


@pytest.mark.parametrize("day", DAYS)
def test_adults_have_a_number_of_their_own_and_children_none(day):
    for one in members(Person, day):
        assert (one.adherent_number is not None) == (age_on(one.birth_date, day) >= 18)


@pytest.mark.parametrize("day", DAYS)
def test_numbers_and_identities_are_unique(day):
    people, contracts = members(Person, day), members(Contract, day)
    keys = [adherent_key(one.adherent_number) for one in people if one.adherent_number]
    emails = [one.email for one in people if one.email]
    for values in (
        keys,
        emails,
        [one.nir for one in people if one.nir],
        [one.external_id for one in people],
        [one.number for one in contracts],
        [one.external_id for one in contracts],
        [one.external_id for one in told(Line, day)],
        [one.reference for one in told(Transfer, day)],
    ):
        assert len(values) == len(set(values))


def test_each_household_has_one_holder():
    holders = Counter(one.household for one in members(Person) if one.link == "HOLDER")
    assert set(holders.values()) == {1}
    assert set(holders) == {one.household for one in members(Person)}


def test_social_security_numbers_are_right_and_of_nobody():
    for one in members(Person):
        if one.nir is not None:
            nir = check_nir(one.nir)
            assert nir[1:5] == f"{one.birth_date:%y%m}"
            assert re.fullmatch("999[0-4][0-9]", nir[5:10])  # countries INSEE never numbered


def test_accounts_and_company_are_right_and_of_nobody():
    ibans = {transfer.iban for transfer in told(Transfer)} - {None}
    assert {check_iban(iban)[:2] for iban in ibans} == {"FR", "CH"}
    for iban in ibans:
        assert iban[4:].startswith("9999999999" if iban[:2] == "FR" else "00000")
    assert check_siren(members(Company)[0].siren).startswith("000000")
    assert len(members(Intermediary)) == 1


def test_mail_and_telephone_reach_nobody():
    fiction = re.compile(
        r"\+33 6 39 98 \d\d \d\d|\+1 \d{3} 555 01\d\d|\+44 7700 900\d{3}|\+61 491 570 1\d\d"
    )
    for one in members(Person):
        if one.email is not None:
            assert re.fullmatch(r"[a-z0-9.\-]+@example\.(org|net)", one.email)
        if one.phone is not None:
            assert fiction.fullmatch(one.phone)


def test_guarantee_tables_are_complete_in_both_languages():  # W1
    formulas = members(Formula)
    assert len({formula.product for formula in formulas}) == 2
    for formula in formulas:
        assert 10 <= len(formula.guarantees) <= 14
        for guarantee in formula.guarantees:
            assert guarantee.text.fr != guarantee.text.en
    assert {(one.product, one.formula) for one in members(Contract)} == {
        (formula.product, formula.code) for formula in formulas
    }


@pytest.mark.parametrize("day", DAYS)
def test_the_open_account_has_transfers_in_each_of_six_months(day):  # W26
    home = household_of(house(day).member, day)
    settled = [one.settled_on for one in told(Transfer, day) if one.household == home]
    for first, last in last_months(day, 6):
        assert any(first <= on <= last for on in settled)


def test_the_open_account_shows_the_whole_family_and_the_spouses_own_number():
    home = household_of(house().member)
    family = [one for one in members(Person) if one.household == home]
    assert [one.link for one in family] == ["HOLDER", "SPOUSE", *["CHILD"] * 4, "SPOUSE"]
    *family, former = family
    assert former.membership_end < TODAY
    assert any(line.sensitive and line.person == family[4].external_id for line in settled_lines())
    assert family[1].adherent_number not in (None, family[0].adherent_number)
    recently = TODAY - timedelta(days=170)
    cared = {line.person for line in settled_lines() if line.care_date > recently}
    assert {one.external_id for one in family} <= cared
    current = [one for one in members(Contract) if one.household == home and one.end is None]
    assert [(one.kind, one.scheme, one.intermediary) for one in current] == [
        ("INDIVIDUAL", "CFE_COMPLEMENT", None)
    ]


@pytest.mark.parametrize("day", DAYS)
def test_the_account_to_open_has_all_it_takes(day):  # W6
    opening = house(day).to_open
    person = next(
        one for one in members(Person, day) if one.adherent_number == opening.adherent_number
    )
    assert (person.family_name, person.first_name, person.birth_date, person.email) == (
        opening.family_name,
        opening.first_name,
        opening.birth_date,
        opening.email,
    )
    assert person.household != household_of(house(day).member, day)
    assert sum(one.household == person.household for one in told(Transfer, day)) >= 3


@pytest.mark.parametrize("day", DAYS)
def test_the_house_comes_in_as_feeds_without_a_warning(day, tmp_path):
    feeds = write_house(tmp_path, house(day))
    names = ["before.jsonl", "members.jsonl", "statements.jsonl"]
    assert [path.name for path in feeds] == names
    earlier = gather(read(feeds[:1], "members"), today=day)
    assert (earlier.warnings, earlier.unresolved) == ([], [])
    rows = chain(read(feeds[1:2], "members"), read(feeds[2:], "statements"))
    batch = gather(rows, today=day)
    assert len(batch) == len(house(day).members) + len(house(day).statements)
    assert batch.warnings == []
    assert batch.unresolved == []
