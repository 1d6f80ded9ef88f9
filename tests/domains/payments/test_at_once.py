"""What is decided of a bank account by several at the same moment, on connections of their own."""

import pytest

from havre.domains.payments.actions import AlreadyDecided, ChangedMeanwhile, TooLateToStop
from tests.at_once import at_once
from tests.builders import a_member
from tests.domains.payments.test_accounts import WAIT, proposed, stopped, used, validated
from tests.journeys.account_opening.asking import outbox

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> list[str]:
    return [mail.kind.removeprefix("payments.account_") for mail in outbox()]


def test_verified_by_several_at_once_it_is_verified_and_told_once() -> None:
    person, _membership = a_member(email="n.exemple@example.org")
    account = proposed(person)

    def verify(rank: int) -> bool:
        try:
            validated(person, account, verified_by=f"agent-{rank}", second_by=f"chief-{rank}")
        except AlreadyDecided:
            return False
        return True

    assert sorted(at_once(4, verify)) == [False, False, False, True]
    assert told() == ["changed"]
    assert used(person, after=WAIT) == account


def test_two_accounts_that_are_verified_at_once_do_not_both_follow_the_same_one() -> None:
    person, _membership = a_member(email="n.exemple@example.org")
    accounts = [proposed(person), proposed(person, "FR7630006000011234567890189")]

    def verify(rank: int) -> bool:
        try:
            validated(person, accounts[rank])
        except ChangedMeanwhile:
            return False
        return True

    kept = at_once(2, verify)
    assert sorted(kept) == [False, True]
    assert used(person, after=WAIT) == accounts[kept.index(True)]


def test_stopped_by_several_at_once_it_is_stopped_once() -> None:
    person, _membership = a_member(email="n.exemple@example.org")
    account = proposed(person)
    validated(person, account)

    def stop(_rank: int) -> bool:
        try:
            stopped(person, account)
        except TooLateToStop:
            return False
        return True

    assert sorted(at_once(4, stop)) == [False, False, False, True]
    assert told() == ["changed", "stopped"]
    assert used(person, after=WAIT) is None
