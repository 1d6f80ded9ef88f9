"""Access goes on for some time after the last contract, is announced to end, and then ends by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import life
from havre.commons.accounts.queries.life import AccessNow, AccessSeen
from havre.commons.accounts.words import AccountState, ClosedFor
from havre.domains.contracts import queries as contracts
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.account_life import mails

_ACTOR = Actor(
    name=life.END_OF_ACCESS, channel=Channel.JOB, purpose="end access after the last contract"
)
_AT_ONCE = 5_000
_Found = list[tuple[AccessSeen, AccessNow]]


@dataclass
class Counts:
    """How many accounts an announcement is due to, were ended, and were opened again."""

    announced: int = 0
    ended: int = 0
    reopened: int = 0


def end_access(*, today: date, now: datetime) -> Counts:
    """Bring every account to what its contracts say today. Run again, it changes nothing.

    A transaction for each few thousand accounts, with the same statements however many they are.
    """
    counts, after = Counts(), None
    while True:
        with acting(actor=_ACTOR, role=Role.BATCH):
            batch = life.access_after(after, size=_AT_ONCE)
            if not batch:
                return counts
            found = _access_of(batch, today=today)
            _announce(found, counts, now=now)
            _end_and_reopen(found, counts, now=now)
        after = batch[-1].id


def _access_of(batch: Sequence[AccessSeen], *, today: date) -> _Found:
    """A holder keeps access as long as any contract of the household; anyone else, as their own covers."""
    households = {one.household for one in batch}
    holders = set(people.holders_of(households=households, on=today))
    of_household = contracts.last_days_of_contracts(households=households)
    of_person = contracts.last_days_of_cover(people=[one.person for one in batch])
    months = settings.HAVRE.ACCESS_AFTER_END_MONTHS
    found = []
    for one in batch:
        days = [of_person.get(one.person)]
        if one.person in holders:
            days.append(of_household.get(one.household))
        last = max((day for day in days if day), default=None)
        found.append((one, one.on(today, last_cover=last, months=months)))
    return found


def _announce(found: _Found, counts: Counts, *, now: datetime) -> None:
    """Each announcement once, by the outbox; who has no address reads it on the home page."""
    changed = {one.id: access.ends_on for one, access in found if access.ends_on != one.announced}
    accounts.announce_ends(changed)
    due = {one.person: (one, access) for one, access in found if access.due}
    counts.announced += len(due)
    told = [(due[each.person], each) for each in people.addressees(people=due)]
    mails.access_ends(
        (
            mails.Ending(one.id, each, access.ends_on, access.due)
            for (one, access), each in told
            if access.ends_on and access.due
        ),
        now=now,
    )


def _end_and_reopen(found: _Found, counts: Counts, *, now: datetime) -> None:
    ended = [one.id for one, access in found if access.ended]
    back = [one.id for one, access in found if access.comes_back]
    accounts.close(
        accounts=ended,
        state=AccountState.DISABLED,
        why=ClosedFor.END_OF_RELATIONS,
        by=life.END_OF_ACCESS,
        now=now,
    )
    accounts.reopen(accounts=back)
    counts.ended += len(ended)
    counts.reopened += len(back)
