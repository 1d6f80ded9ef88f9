"""What follows a request, for everyone who may ask: all of it in the worker."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from havre.commons.accounts.models import (
    Account,
    OpeningRequest,
    OpeningReview,
    ProvisionalSecret,
)
from havre.commons.accounts.words import ReviewReason
from havre.foundation.db import acting
from havre.foundation.db.roles import Role
from havre.foundation.ids import new_id
from havre.journeys.account_opening import mails
from havre.journeys.account_opening.matching import Outcome, match
from tests.builders import NOW, an_account, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import (
    EMAIL,
    WORKER,
    ask,
    asked,
    kinds,
    matched,
    outbox,
    sent,
    the_member,
)

pytestmark = pytest.mark.django_db
TWO_MAILS = ["provisional_password", "adherent_number"]


def _reviews() -> list[OpeningReview]:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return list(OpeningReview.objects.order_by("received_at"))


def test_the_right_person_gets_an_account_and_two_mails() -> None:
    # W7
    membership = the_member()
    assert asked() is Outcome.OPENED
    account = Account.objects.get()
    assert account.membership_id == membership.id
    assert account.household_id == membership.household_id
    assert (account.state, account.password) == ("OPENING", "")
    assert kinds() == TWO_MAILS


@pytest.mark.parametrize(
    "typed",
    [
        {"family_name": "LE GOFF MOREAU", "first_name": "HELENE"},
        {"family_name": "le goff-moreau", "first_name": "helene"},
        {"family_name": "Le Goff"},
        {"family_name": "Moreau"},
        {"family_name": "Moreau-Le Goff"},
        {"family_name": "Legoff Moreau"},
        {"first_name": "Hélène Marie"},
        {"first_name": "He\u0301le\u0300ne"},
        {"adherent_number": "hv2048173"},
        {"adherent_number": "HV-204-817-3"},
        {"email": EMAIL.upper()},
        {"email": "N.LeGoff@Example.org"},
    ],
)
def test_accents_case_hyphens_and_double_names_are_forgiven(typed: dict[str, Any]) -> None:
    the_member()
    assert asked(**typed) is Outcome.OPENED


def test_a_compound_first_name_is_found_by_its_first_part() -> None:
    the_member(person={"first_name": "Marie-Hélène"})
    assert asked(first_name="Marie") is Outcome.OPENED


@pytest.mark.parametrize(
    "typed",
    [
        {"birth_date": date(1980, 5, 3)},
        {"family_name": "Le"},
        {"family_name": "Exemple"},
        {"first_name": "Nathalie"},
    ],
)
def test_a_wrong_name_or_day_opens_nothing_and_the_known_address_is_told(
    typed: dict[str, Any],
) -> None:
    the_member()
    assert asked(**typed, email="other@example.net") is Outcome.NO_MATCH
    assert kinds() == ["notice_of_attempt"]
    assert [message.to for message in sent(now=NOW)] == [[EMAIL]]
    assert not Account.objects.exists()
    assert not _reviews()


def test_an_unknown_number_makes_nothing_leave() -> None:
    the_member()
    assert asked(adherent_number="HV 999") is Outcome.NO_MATCH
    assert outbox() == []


def test_the_number_of_someone_else_tells_its_owner_and_nobody_else() -> None:
    the_member()
    the_member(
        person={"family_name": "Exemple", "first_name": "Jean", "birth_date": date(1970, 1, 1)},
        adherent_number="HV 300",
        email="jean@example.org",
    )
    assert asked(adherent_number="HV 300") is Outcome.NO_MATCH
    assert [message.to for message in sent(now=NOW)] == [["jean@example.org"]]


def test_an_unknown_birth_date_matches_no_day() -> None:
    the_member(person={"birth_date": None})
    assert asked() is Outcome.NO_MATCH


def test_nothing_is_opened_or_said_for_the_dead() -> None:
    the_member(person={"deceased_on": date(2026, 1, 1)})
    assert asked() is Outcome.NO_MATCH
    assert asked(email="other@example.net") is Outcome.NO_MATCH
    assert outbox() == []
    assert not _reviews()


def test_no_address_on_file_waits_for_a_person_and_nothing_leaves() -> None:
    membership = the_member(email=None)
    assert asked() is Outcome.TO_REVIEW
    (review,) = _reviews()
    assert review.membership_id == membership.id
    assert review.reason == ReviewReason.NO_EMAIL_ON_FILE
    assert outbox() == []
    assert not Account.objects.exists()


def test_another_address_waits_for_a_person_and_the_known_one_is_told() -> None:
    the_member()
    assert asked(email="other@example.net") is Outcome.TO_REVIEW
    (review,) = _reviews()
    assert review.reason == ReviewReason.ANOTHER_EMAIL
    assert kinds() == ["notice_of_review"]
    assert [message.to for message in sent(now=NOW)] == [[EMAIL]]
    assert not Account.objects.exists()


def test_the_same_other_address_waits_once() -> None:
    the_member()
    for hours in (0, 1, 30):
        assert asked(email="other@example.net", after=timedelta(hours=hours)) is Outcome.TO_REVIEW
    assert len(_reviews()) == 1
    assert kinds() == ["notice_of_review"]


def test_an_account_already_open_is_recalled_without_a_secret() -> None:
    an_active_account(membership=the_member())
    assert asked() is Outcome.ALREADY_OPEN
    assert kinds() == ["already_open"]
    assert not ProvisionalSecret.objects.exists()


def test_an_account_whose_first_sign_in_never_began_is_not_open() -> None:
    an_account(membership=the_member(), password="")
    assert asked() is Outcome.OPENED
    assert kinds() == TWO_MAILS


def test_asking_again_does_not_replace_what_lives() -> None:
    the_member()
    assert asked() is Outcome.OPENED
    first = ProvisionalSecret.objects.get()
    assert asked(after=timedelta(minutes=14)) is Outcome.TOO_SOON
    assert asked(after=timedelta(minutes=15)) is Outcome.OPENED
    assert asked(after=timedelta(minutes=30)) is Outcome.OPENED
    assert asked(after=timedelta(hours=20)) is Outcome.TOO_SOON
    assert asked(after=timedelta(hours=24)) is Outcome.OPENED
    first.refresh_from_db()
    assert first.used_at is None
    assert first.expires_at == NOW + timedelta(hours=24)
    assert kinds() == TWO_MAILS * 4


@pytest.mark.parametrize(
    "typed", [{"first_name": "Nathalie"}, {"email": "o@example.net"}, {"adherent_number": "HV 300"}]
)
def test_notices_leave_once_a_day_however_often_someone_asks(typed: dict[str, Any]) -> None:
    the_member()
    an_active_account(membership=the_member(adherent_number="HV 300"))
    for hours in range(0, 12, 2):
        asked(**typed, after=timedelta(hours=hours))
    assert len(kinds()) == 1


def test_what_was_typed_is_blanked_whatever_came_of_it() -> None:
    the_member()
    for typed in ({}, {"first_name": "X"}, {"email": "o@example.net"}, {"adherent_number": "0"}):
        asked(**typed)
    with acting_as(Role.WORKER), acting(actor=WORKER):
        rows = list(OpeningRequest.objects.values_list("typed", "state", "done_at"))
    assert rows == [(None, "DONE", NOW)] * 4


def test_a_job_that_runs_twice_acts_once() -> None:
    the_member()
    request = ask()
    assert matched(request) is Outcome.OPENED
    assert matched(request) is Outcome.DONE_BEFORE
    assert matched(new_id()) is Outcome.DONE_BEFORE
    assert kinds() == TWO_MAILS


def test_a_job_killed_in_the_middle_is_taken_up_again() -> None:
    the_member()
    request = ask()
    with (
        patch.object(mails, "adherent_number", side_effect=InterruptedError),
        acting_as(Role.WORKER),
        pytest.raises(InterruptedError),
    ):
        match(request_id=request, now=NOW)
    assert outbox() == []
    assert not Account.objects.exists()
    assert matched(request) is Outcome.OPENED
    assert kinds() == TWO_MAILS


def test_the_number_of_today_is_the_one_that_signs_in() -> None:
    """The feed gave another number between two requests: mail and account agree on it."""
    membership = the_member(adherent_number="HV 500")
    an_account(membership=membership, number_key="HV400", password="")
    assert asked(adherent_number="HV 500") is Outcome.OPENED
    assert Account.objects.get().number_key == "HV500"


def test_a_job_carries_ids_only() -> None:
    the_member()
    asked()
    with acting_as(Role.WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        args = " ".join(row[0] for row in cursor.fetchall())
    for clear in ("Goff", "Hélène", EMAIL, "2048173", "204 817 3", "1980"):
        assert clear not in args
