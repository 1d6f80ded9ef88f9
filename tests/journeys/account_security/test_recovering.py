"""What is lost is sent to the address on file, and to nobody who is not its owner."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.actions import TypedIdentity
from havre.commons.accounts.models import Account, OpeningRequest
from havre.commons.accounts.words import RequestKind, SecurityChange
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Role, acting
from havre.foundation.signing_in.addresses import address_index
from havre.journeys.account_security.recovering import Outcome, recover
from tests.builders import NOW, PASSWORD, a_member, an_account, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import (
    EMAIL,
    NUMBER,
    WORKER,
    kinds,
    outbox,
    sent,
    the_member,
    words,
)

pytestmark = pytest.mark.django_db
BORN = date(1980, 3, 5)
NOTHING = timedelta()
_NETWORKS = count(1)


def request(
    kind: RequestKind, *, after: timedelta = NOTHING, address: str = "", **typed: Any
) -> UUID:
    """The request that waits for the worker; each from a network of its own unless one is given."""
    unasked = {"family_name": "", "first_name": "", "email": "", "adherent_number": ""}
    fields = {**unasked, "birth_date": BORN, **typed}
    accounts.receive_request(
        kind=kind,
        typed=TypedIdentity(**fields),
        address=address or f"2001:db8:{next(_NETWORKS):x}::1",
        language="fr",
        now=NOW + after,
    )
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return OpeningRequest.objects.latest("received_at").id


def password(*, after: timedelta = NOTHING, **typed: Any) -> Outcome:
    asked = request(RequestKind.PASSWORD, after=after, **({"adherent_number": NUMBER} | typed))
    with acting_as(Role.WORKER):
        return recover(request_id=asked, now=NOW + after)


def number(*, after: timedelta = NOTHING, **typed: Any) -> Outcome:
    who = {"family_name": "Le Goff", "first_name": "Helene", "email": EMAIL.upper()}
    asked = request(RequestKind.NUMBER, after=after, **(who | typed))
    with acting_as(Role.WORKER):
        return recover(request_id=asked, now=NOW + after)


def hers(**changes: Any) -> Account:
    return an_active_account(
        membership=the_member(language="en"),
        **({"confirmed_email": address_index(EMAIL)} | changes),
    )


def test_a_new_password_leaves_for_the_address_on_file_and_the_old_one_works_on() -> None:
    # W9, W10
    account = hers()
    assert password() is Outcome.SENT
    (message,) = sent(now=NOW)
    assert message.to == [EMAIL]
    (row,) = outbox()
    secret = provisional_secret(provisional_key(), UUID(row.about["secret"]))
    assert secret in str(message.body)
    assert PASSWORD not in words(message)
    for typed in (PASSWORD, secret):
        answer = accounts.sign_in(typed=accounts.Typed(NUMBER, typed, "192.0.2.9"), now=NOW)
        assert answer in (
            accounts.SignedIn(account.id),
            accounts.OpensPersonalisation(account.id, UUID(row.about["secret"])),
        )


@pytest.mark.parametrize(("minutes", "opens"), [(59, True), (60, False)])
def test_it_opens_for_sixty_minutes(minutes: int, opens: bool) -> None:
    hers()
    password()
    secret = provisional_secret(provisional_key(), UUID(outbox()[0].about["secret"]))
    answer = accounts.sign_in(
        typed=accounts.Typed(NUMBER, secret, "192.0.2.9"), now=NOW + timedelta(minutes=minutes)
    )
    assert isinstance(answer, accounts.OpensPersonalisation) is opens


def test_choosing_the_new_password_tells_the_address_on_file() -> None:
    # W10
    account = hers()
    password()
    secret = UUID(outbox()[0].about["secret"])
    accounts.choose_password(
        account=account.id,
        secret=secret,
        password="des-mots-tout-neufs",
        about=[],
        tell=accounts.KnownAddress(EMAIL, "en"),
        now=NOW,
    )
    assert outbox()[-1].about["change"] == SecurityChange.PASSWORD
    answers = [
        accounts.sign_in(typed=accounts.Typed(NUMBER, typed, "192.0.2.9"), now=NOW)
        for typed in ("des-mots-tout-neufs", PASSWORD)
    ]
    assert answers == [accounts.SignedIn(account.id), accounts.WrongPair()]


@pytest.mark.parametrize(
    "typed", [{"birth_date": date(1980, 3, 6)}, {"adherent_number": "HV 000 000 0"}]
)
def test_nothing_leaves_for_whoever_knows_only_the_number_or_the_day(typed: dict[str, Any]) -> None:
    hers()
    assert password(**typed) is Outcome.NO_MATCH
    assert outbox() == []


def test_nobody_is_flooded() -> None:
    hers()
    quarter = timedelta(minutes=15)
    outcomes = [password(after=quarter * turn / 3) for turn in range(5)]
    assert outcomes.count(Outcome.SENT) == 2
    for turn in range(8):
        password(after=quarter * (turn + 2))
    assert kinds() == ["new_password"] * 3
    for turn in range(3):
        number(after=timedelta(hours=5, minutes=turn))
    assert kinds().count("number_again") == 1


def test_without_an_account_the_mail_says_how_to_open_one() -> None:
    the_member()
    assert password() is Outcome.NO_ACCOUNT
    assert kinds() == ["no_account_yet"]


def test_who_never_signed_in_gets_a_provisional_password_too() -> None:
    an_account(membership=the_member(), password="")
    assert password() is Outcome.SENT


def test_a_closed_account_gets_no_password_and_its_owner_learns_why() -> None:
    hers(state="SUSPENDED", closed_for="REPORTED")
    assert password() is Outcome.CLOSED
    assert kinds() == ["closed"]
    assert sent(now=NOW)[0].subject


@pytest.mark.parametrize("left", [None, date(2020, 1, 1)])
def test_no_password_leaves_for_an_address_that_two_adults_read(left: date | None) -> None:  # W20
    account = hers()
    other = {"link": "SPOUSE", "email": EMAIL.upper(), "membership_end": left}
    a_member(household=account.household_id, **other)
    assert password() is Outcome.SHARED
    assert outbox() == []


def test_the_number_leaves_for_the_address_that_was_confirmed() -> None:
    # W9
    hers()
    assert number() is Outcome.SENT
    (message,) = sent(now=NOW)
    assert message.to == [EMAIL]
    assert NUMBER in words(message)


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "someone@example.org"},
        {"first_name": "Nathan"},
        {"family_name": "Moreau-Petit"},
        {"birth_date": date(1980, 3, 6)},
    ],
)
def test_the_number_leaves_for_nobody_else(typed: dict[str, Any]) -> None:
    hers()
    assert number(**typed) is Outcome.NO_MATCH
    assert outbox() == []


def test_the_number_does_not_follow_an_address_that_is_no_longer_on_file() -> None:
    hers(confirmed_email=address_index("old@example.org"))
    assert number(email="old@example.org") is Outcome.NO_MATCH


def test_of_two_who_share_an_address_each_gets_their_own() -> None:
    hers()
    twin = the_member(adherent_number="HV 2", person={"first_name": "Nathan"})
    an_active_account(membership=twin, confirmed_email=address_index(EMAIL))
    assert number(first_name="Nathan") is Outcome.SENT
    assert "HV 2" in words(sent(now=NOW)[0])


def test_a_job_that_runs_twice_acts_once() -> None:
    hers()
    asked = request(RequestKind.PASSWORD, adherent_number=NUMBER)
    with acting_as(Role.WORKER):
        outcomes = [recover(request_id=asked, now=NOW) for _again in range(2)]
    assert outcomes == [Outcome.SENT, Outcome.DONE_BEFORE]
    with acting_as(Role.WORKER), acting(actor=WORKER):
        assert OpeningRequest.objects.get().typed is None


def test_a_network_that_asks_without_end_waits_and_others_do_not() -> None:
    for turn in range(11):
        request(RequestKind.PASSWORD, after=timedelta(seconds=turn), address="192.0.2.1")
    late = timedelta(seconds=11)
    for kind in RequestKind:
        with pytest.raises(accounts.TooManyRequests):
            request(kind, after=late, address="192.0.2.1")
        assert request(kind, after=late, address="192.0.2.2")
