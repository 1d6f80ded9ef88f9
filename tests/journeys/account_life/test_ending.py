"""Two years after the last contract access ends by itself, announced twice."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from tests.builders import BUILDER, a_contract, a_cover, a_member, an_active_account
from tests.database import acting_as

from havre.commons.accounts.models import Account
from havre.commons.notifications import actions as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.domains.contracts.models import Contract
from havre.domains.people.models import Membership
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from havre.journeys.account_life.ending import Counts, end_access

pytestmark = pytest.mark.django_db
ENDED = date(2024, 6, 30)
LAST = date(2026, 6, 30)
FAR = date(2026, 4, 1)


def a_former_client(
    *, language: str = "en", ended: date | None = ENDED, **account: Any
) -> tuple[Account, Contract, Membership]:
    """The holder of a household whose one contract ended."""
    person, membership = a_member(
        person={"first_name": "Claire"},
        adherent_number=f"HV {new_id()}",
        email="c@example.org",
        language=language,
    )
    contract = a_contract(household=person.household_id, last_day=ended)
    a_cover(contract=contract, person=person)
    return an_active_account(membership=membership, **account), contract, membership


def the_night_of(day: date) -> Counts:
    now = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=4)
    with acting_as(Role.WORKER):
        return end_access(today=day, now=now)


def state(account: Account) -> tuple[str, str | None, date | None]:
    with acting_as(Role.OWNER):
        row = Account.objects.get(id=account.id)
    return row.state, row.closed_for, row.access_ends_on


def sent(day: date) -> list[str]:
    """What leaves by the evening of that day, as text."""
    mail.outbox.clear()
    now = datetime.combine(day, datetime.max.time(), UTC)
    with acting_as(Role.WORKER):
        notifications.send_waiting(now=now)
    return [f"{message.subject}\n{message.body}" for message in mail.outbox]


def a_new_contract(membership: Membership, **changes: Any) -> Contract:
    return a_contract(
        household=membership.household_id, **({"first_day": date(2026, 6, 1)} | changes)
    )


def test_nothing_is_said_while_the_end_is_far() -> None:
    account, _, _ = a_former_client()
    assert the_night_of(FAR) == Counts()
    assert state(account) == ("ACTIVE", None, None)


@pytest.mark.parametrize(
    ("language", "subject", "wanted"),
    [
        ("en", "Your access to the member space ends on 30 June 2026", "Download my certificates"),
        ("fr", "Votre accès à l’espace adhérent prend fin le 30 juin 2026", "attestations"),
    ],
)
def test_it_is_announced_60_and_7_days_before_each_once(
    language: str, subject: str, wanted: str
) -> None:
    # W14
    account, _, _ = a_former_client(language=language)
    left = []
    for days in range(62, -1, -1):
        day = LAST - timedelta(days=days)
        the_night_of(day)
        the_night_of(day)
        left += [(days, text) for text in sent(day)]
    assert [days for days, _text in left] == [60, 7]
    assert all(text.startswith(subject) and wanted in text for _days, text in left)
    assert state(account) == ("ACTIVE", None, LAST)


def test_then_it_ends_and_says_why() -> None:
    # W14
    account, _, _ = a_former_client()
    the_night_of(LAST)
    assert the_night_of(LAST + timedelta(days=7)) == Counts()  # told late, it had a week
    assert the_night_of(LAST + timedelta(days=8)) == Counts(ended=1)
    assert state(account)[:2] == ("DISABLED", "END_OF_RELATIONS")
    assert the_night_of(LAST + timedelta(days=9)) == Counts()


def test_a_new_contract_cancels_what_was_announced() -> None:
    # W14
    account, _, membership = a_former_client()
    the_night_of(LAST - timedelta(days=60))
    a_new_contract(membership)
    the_night_of(LAST - timedelta(days=59))
    assert state(account) == ("ACTIVE", None, None)
    assert sent(LAST - timedelta(days=59)) == []  # what waited is no longer true


def test_a_new_contract_opens_again_what_had_ended() -> None:
    account, _, membership = a_former_client(access_ends_on=LAST)
    the_night_of(LAST + timedelta(days=1))
    assert state(account)[0] == "DISABLED"
    a_new_contract(membership)
    assert the_night_of(LAST + timedelta(days=2)) == Counts(reopened=1)
    assert state(account) == ("ACTIVE", None, None)


@pytest.mark.parametrize("months", [0, 36])
def test_how_long_access_goes_on_is_a_setting(months: int, settings: Any) -> None:
    settings.HAVRE = settings.HAVRE.model_copy(update={"ACCESS_AFTER_END_MONTHS": months})
    account, _, _ = a_former_client()
    the_night_of(LAST - timedelta(days=30))
    assert (state(account)[2] is None) is (months == 36)


def test_the_holder_keeps_access_while_any_contract_of_the_household_lasts() -> None:
    account, _, membership = a_former_client()
    a_new_contract(membership)  # it covers somebody else
    the_night_of(LAST - timedelta(days=30))
    assert state(account)[2] is None


def test_another_adult_loses_it_with_their_own_cover_however_long_the_contract() -> None:
    _, contract, _ = a_former_client(ended=None)
    person, membership = a_member(
        household=contract.household_id, link="SPOUSE", adherent_number="HV 77"
    )
    a_cover(contract=contract, person=person, last_day=ENDED)
    spouse = an_active_account(membership=membership)
    the_night_of(LAST - timedelta(days=30))
    assert state(spouse)[2] == LAST


def test_a_cover_ends_with_its_contract_at_the_latest() -> None:
    account, _, _ = a_former_client()  # the cover has no last day
    the_night_of(LAST - timedelta(days=30))
    assert state(account)[2] == LAST


def test_who_never_had_a_contract_is_left_alone() -> None:
    _, membership = a_member(adherent_number="HV 1", email="n@example.org")
    account = an_active_account(membership=membership)
    the_night_of(date(2036, 1, 1))
    assert state(account) == ("ACTIVE", None, None)


def test_who_has_no_address_is_ended_all_the_same() -> None:
    account, _, membership = a_former_client(access_ends_on=LAST)
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Membership.objects.filter(id=membership.id).update(email=None)
        assert not OutgoingMail.objects.exists()
    assert the_night_of(LAST + timedelta(days=1)) == Counts(ended=1)
    assert state(account)[0] == "DISABLED"


def test_the_statements_are_the_same_for_one_and_for_many(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(12):
        a_former_client()
    with django_assert_max_num_queries(40):
        one = the_night_of(LAST - timedelta(days=30))
    assert one.announced == 12
