"""A member who died, or whose relations with the house end: what follows, shown first, done at once, undone
while nothing came after. Each act in the household's context, as the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import life
from havre.commons.accounts.words import AccountState, ClosedFor
from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import OPEN
from havre.domains.contracts import actions as contract_actions
from havre.domains.contracts import queries as contracts
from havre.domains.people import actions as people_actions
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen, departures
from havre.domains.people.queries.departures import DepartureSeen
from havre.domains.people.words import DepartureKind, DepartureState
from havre.foundation.refusals import Refusal
from havre.journeys.member_file.account import At, Dead

_CASES = 20


class WrongDay(Refusal):
    """A death on a day that is still to come."""


@dataclass(frozen=True)
class Follows:
    """What a departure changes, told before it does.

    ``agreements`` are those with whom an agreement ends, either way; ``told`` are who else answers for
    the household, and goes on being written to; ``covers`` are a contract's number and the last day of
    the cover today.
    """

    account: life.LifeSeen | None
    agreements: tuple[PersonSeen, ...]
    told: tuple[PersonSeen, ...]
    requests: tuple[CaseSeen, ...]
    covers: tuple[tuple[str, date | None], ...]


def what_follows(at: At, whose: PersonSeen, *, day: date, today: date) -> Follows:
    """Five statements, however much there is."""
    everyone = people.household_people(household=at.household)
    majority = settings.HAVRE.MAJORITY_AGE
    shared = whose.shares_with | {one.id for one in everyone if whose.id in one.shares_with}
    found = cases.cases_of(household=at.household, membership=at.membership, size=_CASES)
    return Follows(
        account=life.life_of(membership=at.membership),
        agreements=tuple(one for one in everyone if one.id in shared),
        told=tuple(
            one
            for one in everyone
            if one.id != whose.id
            and one.link.answers_for_minors
            and one.deceased_on is None
            and not one.has_left(on=today)
            and one.is_adult(on=today, majority=majority)
        ),
        requests=tuple(one for one, _title in found.cases if one.status in OPEN),
        covers=_covers(at, whose.id, day),
    )


def last_of(at: At) -> DepartureSeen | None:
    """What was said last of this member, while it waits or stands."""
    found = departures.departures_of(household=at.household, membership=at.membership)
    stands = (DepartureState.WAITING, DepartureState.EFFECTIVE)
    return next((one for one in found if one.state in stands), None)


def record(
    at: At,
    whose: PersonSeen,
    *,
    kind: DepartureKind,
    day: date,
    ends_covers: bool,
    by: UUID,
    now: datetime,
) -> None:
    """A death waits for a second person; the end of relations takes effect at once.

    Refuses ``WrongDay``, ``Dead`` and ``AlreadyDeparted``.
    """
    if whose.deceased_on:
        raise Dead
    if kind is DepartureKind.DEATH and day > now.date():
        raise WrongDay
    made = people_actions.propose_departure(
        household=at.household,
        membership=at.membership,
        kind=kind,
        day=day,
        ends_covers=ends_covers,
        by=by,
        now=now,
    )
    if kind is DepartureKind.END:
        said = last_of(at)
        if said is not None and said.id == made:
            confirm(at, whose, said, by=by, now=now)


def confirm(at: At, whose: PersonSeen, said: DepartureSeen, *, by: UUID, now: datetime) -> None:
    """All that follows, in this transaction. Refuses ``NoDeparture`` and ``SameOne``."""
    before: dict[str, object] = {}
    if said.ends_covers:
        ended = contract_actions.end_all_covers(
            household=at.household, person=whose.id, last_day=said.day
        )
        before["covers"] = {str(row): day and day.isoformat() for row, day in ended.items()}
    if said.kind is DepartureKind.DEATH:
        seen = life.life_of(membership=at.membership)
        before["account"] = [seen.state, seen.why] if seen else None
        accounts.record_deaths(memberships=[at.membership], by=str(by), now=now)
    people_actions.confirm_departure(
        household=at.household, departure=said.id, by=by, before=before, now=now
    )


def undo(at: At, said: DepartureSeen, *, by: UUID, now: datetime) -> None:
    """As before, but for what cannot come back: sessions, mails that were withdrawn, agreements.

    Refuses ``NoDeparture`` and ``MovedOn``.
    """
    before = people_actions.undo_departure(
        household=at.household, departure=said.id, by=by, now=now
    )
    covers = before.get("covers")
    if isinstance(covers, Mapping):
        days = {UUID(row): date.fromisoformat(day) if day else None for row, day in covers.items()}
        contract_actions.give_covers_back(household=at.household, before=days, last_day=said.day)
    if said.kind is DepartureKind.DEATH:
        account = before.get("account")
        state, why = account if isinstance(account, list) else (AccountState.OPENING, None)
        accounts.undo_death(
            membership=at.membership,
            state=AccountState(state),
            why=ClosedFor(why) if why else None,
            by=str(by),
            now=now,
        )


def _covers(at: At, person: UUID, day: date) -> tuple[tuple[str, date | None], ...]:
    """Those that a cover's end on that day would shorten."""
    return tuple(
        (contract.number, period.end)
        for contract in contracts.contracts_of(household=at.household)
        for period in contract.periods_of(person)
        if period.contains(day) and period.end != day
    )
