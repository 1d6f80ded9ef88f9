"""What is typed and not sent: everybody's own, and at the desk as closed as its conversation."""

from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError

from havre.commons.messaging import actions, queries
from havre.commons.messaging.models import Draft
from havre.commons.messaging.words import Topic, Typed
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import a_member
from tests.database import acting_as
from tests.messages import AT_THE_DESK, NOW, ONLINE, STAFF, a_conversation, answered

pytestmark = pytest.mark.django_db
Home = tuple[UUID, UUID]


@pytest.fixture
def home() -> Home:
    """A household, and the membership of its holder."""
    person, membership = a_member(adherent_number="HV 1")
    return person.household_id, membership.id


def types(
    home: Home,
    conversation: UUID | None,
    typed: Typed,
    *,
    by: UUID,
    role: Role = Role.DESK,
    actor: Actor = AT_THE_DESK,
) -> None:
    with (
        acting_as(Role.WEB if role is Role.MEMBER else Role.DESK_WEB),
        acting(actor=actor, role=role, household=home[0]),
    ):
        actions.save_draft(
            household=home[0], conversation=conversation, author=by, typed=typed, now=NOW
        )


def drafts_seen(home: Home, *, staff: UUID = STAFF, role: Role = Role.DESK) -> int:
    actor = Actor(name=str(staff), channel=Channel.DESK, purpose="test")
    with acting_as(Role.DESK_WEB), acting(actor=actor, role=role, household=home[0]):
        return Draft.objects.count()


def test_an_answer_is_kept_for_whoever_types_it_until_it_is_sent(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    for text in ("On its", "On its way"):
        types(home, made, Typed(text), by=STAFF)
    with (
        acting_as(Role.DESK_WEB),
        acting(actor=AT_THE_DESK, role=Role.DESK, household=home[0]),
    ):
        hand = queries.conversation_in_hand(household=home[0], conversation=made, author=STAFF)
    assert hand
    assert hand[1] == "On its way"
    assert drafts_seen(home, staff=uuid4()) == 0
    answered(home[0], made, "On its way")
    assert drafts_seen(home) == 0


def test_nobody_at_the_desk_sees_what_a_member_typed(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    types(home, made, Typed("Half a"), by=home[1], role=Role.MEMBER, actor=ONLINE)
    types(home, None, Typed("Half a"), by=STAFF, role=Role.MEMBER, actor=ONLINE)
    assert drafts_seen(home) == 0


def test_what_is_typed_about_care_is_as_closed_as_what_was_written(home: Home) -> None:  # S10
    of_care = a_conversation(household=home[0], membership=home[1], topic=Topic.CARE)
    with pytest.raises(ProgrammingError, match="row-level security"):
        types(home, of_care, Typed("On its way"), by=STAFF)
    types(home, of_care, Typed("Mine"), by=STAFF, role=Role.MEMBER, actor=ONLINE)
    for role in (Role.DESK, Role.DESK_HEALTH):
        assert drafts_seen(home, role=role) == 0


def test_nobody_types_under_another_name(home: Home) -> None:
    made = a_conversation(household=home[0], membership=home[1])
    with pytest.raises(ProgrammingError, match="row-level security"):
        types(home, made, Typed("On its way"), by=uuid4())


def test_a_first_message_is_kept_whole(home: Home) -> None:
    typed = Typed("Where is it?", Topic.CARE, "My refund")
    types(home, None, typed, by=home[1], role=Role.MEMBER, actor=ONLINE)
    with acting(actor=ONLINE, role=Role.MEMBER, household=home[0]):
        kept = queries.draft_of(household=home[0], conversation=None, author=home[1])
    assert kept == typed
