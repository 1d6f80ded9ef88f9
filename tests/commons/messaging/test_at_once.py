"""Two tabs, a double click, both sides at the same moment, on connections of their own."""

from uuid import UUID, uuid4

import pytest

from havre.commons.messaging import actions, queries
from havre.commons.messaging.words import Scope, Topic
from havre.foundation.db import Role, acting
from tests.at_once import at_once
from tests.builders import a_member
from tests.messages import NOW, ONLINE, a_conversation, answered, written

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


def bodies(household: UUID, conversation: UUID) -> list[tuple[int, str]]:
    with acting(actor=ONLINE, role=Role.MEMBER, household=household):
        found = queries.messages_of(
            household=household, conversation=conversation, before=None, most=50
        )
    return [(one.number, one.body) for one in found]


def test_one_message_that_is_sent_several_times_at_once_is_one() -> None:
    person, membership = a_member()
    home, key = person.household_id, uuid4()
    made = a_conversation(household=home, membership=membership.id, text="")
    posted = at_once(TIMES, lambda _rank: written(home, made, "One", by=membership.id, key=key))
    assert len({one.id for one in posted}) == 1
    assert sorted(one.new for one in posted) == [False] * (TIMES - 1) + [True]
    assert bodies(home, made) == [(1, "One")]


def test_what_both_sides_write_at_once_is_all_there_each_under_a_number_of_its_own() -> None:
    person, membership = a_member()
    home = person.household_id
    made = a_conversation(household=home, membership=membership.id, text="")

    def write(rank: int) -> int:
        if rank % 2:
            return answered(home, made, f"{rank}").number
        return written(home, made, f"{rank}", by=membership.id).number

    numbers = at_once(TIMES, write)
    assert sorted(numbers) == list(range(1, TIMES + 1))
    assert bodies(home, made) == sorted((number, f"{rank}") for rank, number in enumerate(numbers))


def test_a_conversation_that_is_begun_several_times_at_once_is_one() -> None:
    person, membership = a_member()
    home, key = person.household_id, uuid4()

    def begin(_rank: int) -> UUID:
        with acting(actor=ONLINE, role=Role.MEMBER, household=home):
            return actions.start(
                household=home,
                membership=membership.id,
                topic=Topic.CONTRACT,
                subject="My refund",
                key=key,
                scope=Scope("en"),
                now=NOW,
            )

    assert len(set(at_once(TIMES, begin))) == 1
