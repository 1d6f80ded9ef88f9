"""The prepared people of the demo come in as what their accounts are to show."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from havre.commons.content.actions import read_texts
from havre.foundation.dates import add_months, age_on
from havre.journeys.loading.records import Contract, Person
from havre.project.demo import accounts as demo_accounts
from havre.project.demo.earlier_terms import write_earlier_terms
from havre.project.demo.house import TEXTS, demo_house
from havre.project.demo.prepared import PREPARED, Shows, who_shows
from havre.project.house_facts import house_facts

DAYS = [date(2026, 11, 22), date(2028, 2, 29), date(2027, 8, 31)]


def contract_of(shows, records):
    household = who_shows(shows).household
    return next(one for one in records if isinstance(one, Contract) and one.household == household)


@pytest.mark.parametrize("day", DAYS)
def test_each_is_an_adult_with_an_address_and_the_number_that_is_printed(day):
    members = demo_house(1, day).members
    people = {one.adherent_number: one for one in members if isinstance(one, Person)}
    for one in PREPARED:
        person = people[one.adherent_number]
        assert (person.household, person.link, person.language) == (
            one.household,
            "HOLDER",
            one.language,
        )
        assert person.email
        assert age_on(person.birth_date, day) >= 18
    assert {one.shows for one in PREPARED} == set(Shows)


@pytest.mark.parametrize("day", DAYS)
def test_access_ended_or_ends_in_a_week(day):
    members = demo_house(1, day).members
    ended = add_months(contract_of(Shows.ENDED, members).end, 24)
    ends = add_months(contract_of(Shows.ENDS_SOON, members).end, 24)
    assert day - timedelta(days=40) < ended < day
    assert timedelta() < ends - day <= timedelta(days=7)


@pytest.mark.parametrize("day", DAYS)
def test_the_cover_of_a_certificate_had_no_end_when_it_was_given(day):
    house = demo_house(1, day)
    before = contract_of(Shows.LAPSED, house.before)
    assert (before.end, {cover.end for cover in before.covers}) == (None, {None})
    after = contract_of(Shows.LAPSED, house.members)
    assert after.end < day
    assert {cover.end for cover in after.covers} == {after.end}


def test_the_terms_of_the_year_before_say_something_else_in_both_languages(tmp_path):
    facts = house_facts(settings.HAVRE)
    write_earlier_terms(tmp_path)
    now = {one.language: one for one in read_texts(TEXTS, facts=facts) if one.slug == "terms"}
    then = {one.language: one for one in read_texts(tmp_path, facts=facts)}
    assert set(then) == set(now) == {"fr", "en"}
    for language, text in then.items():
        assert text.version != now[language].version
        assert text.in_force_from < now[language].in_force_from
        new = set(now[language].source.splitlines()) - set(text.source.splitlines())
        assert len(new) == 3


def test_what_an_earlier_release_wrote_is_read(tmp_path):
    demo_accounts.accounts_file(tmp_path).write_text(
        '{"url": "u", "member": {"adherent_number": "1", "password": "p"}, "mailbox": "m",'
        ' "to_open": {"adherent_number": "2", "family_name": "F", "first_name": "G",'
        ' "birth_date": "2000-01-01", "email": "e"}}'
    )
    read = demo_accounts.read_accounts(tmp_path)
    assert (read.prepared, read.lapsed) == ((), None)
    assert not [line for line in read.lines() if "same password" in line]


def test_the_accounts_are_kept_whole_and_told(tmp_path):
    kept = demo_accounts.DemoAccounts(
        url="http://localhost:1",
        member=demo_accounts.MemberAccount("1", "p"),
        to_open=demo_accounts.AccountToOpen("2", "F", "G", "2000-01-01", "e"),
        mailbox="m",
        prepared=(demo_accounts.PreparedAccount("HV 1", "shows this"),),
        lapsed=demo_accounts.CertificateToCheck("/en/check/ABC", "2003-03-30"),
    )
    demo_accounts.write_accounts(tmp_path, kept)
    assert demo_accounts.read_accounts(tmp_path) == kept
    assert "HV 1   shows this" in kept.lines()
    assert "Check it at http://localhost:1/en/check/ABC, born 2003-03-30" in kept.lines()
