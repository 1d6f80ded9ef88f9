"""Who has an account signs in with the number that the feed gives them today."""

from datetime import date

import pytest
from msgspec.structs import replace

from havre.domains.people.models import Membership
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, an_account
from tests.database import acting_as
from tests.journeys.loading.feeds import a_person
from tests.journeys.loading.tables import loaded, query

pytestmark = pytest.mark.django_db

HOLDER = a_person(adherent_number="HV 1", language="fr")
SPOUSE = a_person(external_id="P-2", link="SPOUSE", adherent_number="HV 2", language="fr")


def with_accounts() -> None:
    loaded(HOLDER, SPOUSE)
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        memberships = list(Membership.objects.all())
    for membership in memberships:
        an_account(membership=membership)


def accounts() -> list[tuple[str, str | None, str]]:
    return query(
        "SELECT p.external_id, a.number_key, a.language FROM accounts_account a "
        "JOIN people_person p ON p.id = a.person_id ORDER BY 1"
    )


def recorded() -> list[tuple[object, ...]]:
    return query(
        "SELECT actor, role, after FROM audit_change "
        "WHERE table_name = 'accounts_account' AND operation = 'UPDATE'"
    )


def test_a_new_number_is_the_one_to_sign_in_with() -> None:
    with_accounts()
    loaded(replace(HOLDER, adherent_number="hv-30"))

    assert accounts() == [("P-1", "HV30", "fr"), ("P-2", "HV2", "fr")]
    assert recorded() == [("tests", "havre_batch", '{"number_key": "HV30"}')]


def test_two_members_exchange_their_numbers() -> None:
    with_accounts()
    loaded(replace(HOLDER, adherent_number="HV 2"), replace(SPOUSE, adherent_number="HV 1"))

    assert accounts() == [("P-1", "HV2", "fr"), ("P-2", "HV1", "fr")]


def test_a_number_taken_away_opens_nothing_and_may_be_given_to_another() -> None:
    with_accounts()
    loaded(replace(HOLDER, adherent_number=None), replace(SPOUSE, adherent_number="HV 1"))

    assert accounts() == [("P-1", None, "fr"), ("P-2", "HV1", "fr")]


def test_the_language_follows() -> None:
    with_accounts()
    loaded(replace(SPOUSE, language="en"))

    assert accounts() == [("P-1", "HV1", "fr"), ("P-2", "HV2", "en")]


def test_a_feed_that_changes_neither_leaves_accounts_alone() -> None:
    with_accounts()
    loaded(replace(HOLDER, email="n@exemple.example"), SPOUSE)

    assert recorded() == []


def test_a_dry_run_changes_no_account() -> None:
    with_accounts()
    loaded(replace(HOLDER, adherent_number="HV 30"), dry_run=True)

    assert accounts() == [("P-1", "HV1", "fr"), ("P-2", "HV2", "fr")]


def states() -> list[tuple[str, str, str | None]]:
    return query(
        "SELECT p.external_id, a.state, a.closed_for FROM accounts_account a "
        "JOIN people_person p ON p.id = a.person_id ORDER BY 1"
    )


def test_a_death_closes_the_account_of_the_one_who_died_from_that_file_on() -> None:
    # W13
    with_accounts()
    loaded(replace(HOLDER, deceased_on=date(2026, 6, 1)), SPOUSE)
    loaded(replace(HOLDER, deceased_on=date(2026, 6, 1)), SPOUSE)

    assert states() == [("P-1", "DISABLED", "DEATH"), ("P-2", "OPENING", None)]


def test_a_dry_run_of_a_death_closes_nothing() -> None:
    with_accounts()
    loaded(replace(HOLDER, deceased_on=date(2026, 6, 1)), dry_run=True)

    assert states() == [("P-1", "OPENING", None), ("P-2", "OPENING", None)]
