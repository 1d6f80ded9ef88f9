"""What a feed contradicts, decided: the value that was confirmed stays, or the feed's is taken."""

from datetime import datetime
from uuid import UUID

from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Source
from havre.domains.people.actions.settled import Identity, set_expatriation_country, set_identity
from havre.domains.people.models import Difference, Membership
from havre.domains.people.queries.differences import DifferenceSeen, difference_of
from havre.domains.people.words import DifferenceState, Origin
from havre.foundation.refusals import Refusal

_IDENTITY = frozenset(one.value for one in Identity)
TAKEN_AS_THEY_ARE = _IDENTITY | {"expatriation_country"}
"""The fields whose value can be taken here; an address or an e-mail has steps of its own."""


class DecidedBefore(Refusal):
    """Somebody decided it, or it is not there."""


class TakenElsewhere(Refusal):
    """What such a field asks for cannot be done here: change it in the member's file."""


def keep_ours(*, household: UUID, difference: UUID, by: str, now: datetime) -> None:
    """The confirmed value stays; the same value of the feed is not asked about again.

    Needs the desk's guard of the household. Refuses ``DecidedBefore``.
    """
    _decide(household, difference, DifferenceState.KEPT, by=by, now=now)


def take_the_feed_s(*, household: UUID, difference: UUID, by: str, now: datetime) -> None:
    """What the feed says replaces what was confirmed, confirmed by the desk.

    Needs the desk's guard of the household. Refuses ``DecidedBefore`` and ``TakenElsewhere``.
    """
    seen = difference_of(household=household, difference=difference)
    if seen is None:
        raise DecidedBefore
    if seen.field not in TAKEN_AS_THEY_ARE or not seen.feed_value:
        raise TakenElsewhere
    _decide(household, difference, DifferenceState.FEED_TAKEN, by=by, now=now)
    _take(household, seen, now=now)


def _take(household: UUID, seen: DifferenceSeen, *, now: datetime) -> None:
    source = f"difference {seen.id}"
    if seen.field in _IDENTITY:
        set_identity(
            household=household,
            person=seen.person,
            values={Identity(seen.field): seen.feed_value},
            asked_by=Origin.DESK,
            source=source,
            now=now,
        )
        return
    membership = Membership.objects.get(household_id=household, person_id=seen.person)
    set_expatriation_country(
        household=household,
        membership=membership.id,
        country=seen.feed_value,
        asked_by=Origin.DESK,
        source=source,
        now=now,
    )


def _decide(
    household: UUID, difference: UUID, state: DifferenceState, *, by: str, now: datetime
) -> None:
    waiting = Difference.objects.filter(
        household_id=household, id=difference, state=DifferenceState.WAITING
    )
    if not waiting.update(state=state, decided_by=by, decided_at=now):
        raise DecidedBefore
    worklist.take_away(source=Source.DIFFERENCE, source_id=difference)
