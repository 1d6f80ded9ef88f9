"""A death or the end of relations: said by one of the staff, a death confirmed by another, undone while it
can be. What it changes elsewhere is the caller's, who keeps here what was there before."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source, Stage
from havre.domains.people.models import Departure, Membership, Person, Sharing
from havre.domains.people.words import DEPARTURE, DepartureKind, DepartureState, Origin
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

SECOND = "requests.second"
_STANDS = (DepartureState.WAITING, DepartureState.EFFECTIVE)


class AlreadyDeparted(Refusal):
    """One waits or stands for this member already."""


class NoDeparture(Refusal):
    """There is none in the state in which this can be done: somebody was there before."""


class SameOne(Refusal):
    """Whoever said a death cannot be its second person."""


class MovedOn(Refusal):
    """What it set has changed since: undoing would overwrite what came after."""


def propose_departure(
    *,
    household: UUID,
    membership: UUID,
    kind: DepartureKind,
    day: date,
    ends_covers: bool,
    by: UUID,
    now: datetime,
) -> UUID:
    """Keep what was said; a death waits in the queue for a second person. Needs the desk's guard.

    Refuses :class:`AlreadyDeparted`.
    """
    row_id = new_id()
    row = Departure(
        id=row_id,
        household_id=household,
        membership_id=membership,
        kind=kind,
        day=day,
        ends_covers=ends_covers,
        proposed_by=by,
        proposed_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "one_departure_a_member" in str(error):
            raise AlreadyDeparted from None
        raise
    if kind is DepartureKind.DEATH:
        worklist.put(_item(row, now=now))
    return row_id


def confirm_departure(
    *, household: UUID, departure: UUID, by: UUID, before: Mapping[str, object], now: datetime
) -> None:
    """It takes effect: the file says so, and nobody sees anybody's care by an agreement with them any more.

    Needs the desk's guard. Refuses :class:`NoDeparture` and :class:`SameOne`.
    """
    row = _row(household, departure, DepartureState.WAITING)
    if row.kind == DepartureKind.DEATH and row.proposed_by == by:
        raise SameOne
    place, person = _who(row)
    mark = {"by": Origin.DESK, "source": str(by), "at": now.isoformat(), "confirmed": True}
    ours = _set(row, place, person, mark)
    for side in ("person_id", "reader_id"):
        standing = Sharing.objects.filter(household_id=household, withdrawn_at=None)
        standing.filter(**{side: person.id}).update(withdrawn_at=now)
    Departure.objects.filter(id=departure).update(
        state=DepartureState.EFFECTIVE,
        decided_by=by,
        decided_at=now,
        before={**before, **ours},
    )
    worklist.take_away(source=Source.REVIEW, source_id=departure)


def refuse_departure(*, household: UUID, departure: UUID, by: UUID, now: datetime) -> None:
    """It was not so; whoever said it may take it back. Needs the desk's guard. Refuses ``NoDeparture``."""
    _row(household, departure, DepartureState.WAITING)
    Departure.objects.filter(id=departure).update(
        state=DepartureState.REFUSED, decided_by=by, decided_at=now
    )
    worklist.take_away(source=Source.REVIEW, source_id=departure)


def undo_departure(
    *, household: UUID, departure: UUID, by: UUID, now: datetime
) -> Mapping[str, object]:
    """The file is as before; gives what the caller puts back. Agreements that ended are not brought back:
    whoever agreed agrees again. Needs the desk's guard. Refuses ``NoDeparture`` and :class:`MovedOn`.
    """
    row = _row(household, departure, DepartureState.EFFECTIVE)
    place, person = _who(row)
    if (person.deceased_on if row.kind == DepartureKind.DEATH else place.membership_end) != row.day:
        raise MovedOn
    _put_back(row, place, person)
    Departure.objects.filter(id=departure).update(
        state=DepartureState.UNDONE, undone_by=by, undone_at=now
    )
    return dict(row.before)


def _row(household: UUID, departure: UUID, state: DepartureState) -> Departure:
    rows = Departure.objects.select_for_update().filter(household_id=household, id=departure)
    row = rows.filter(state=state).first()
    if row is None:
        raise NoDeparture
    return row


def _who(row: Departure) -> tuple[Membership, Person]:
    place = Membership.objects.select_for_update().get(
        household_id=row.household_id, id=row.membership_id
    )
    people = Person.objects.select_for_update()
    return place, people.get(household_id=row.household_id, id=place.person_id)


def _set(
    row: Departure, place: Membership, person: Person, mark: Mapping[str, object]
) -> dict[str, object]:
    """Write the day; gives the value and its mark of before."""
    one, field = _field(row, place, person)
    was = getattr(one, field)
    before = {"day": was.isoformat() if was else None, "mark": one.origin.get(field)}
    setattr(one, field, row.day)
    one.origin = {**one.origin, field: mark}
    one.save(update_fields=[field, "origin"])
    return before


def _put_back(row: Departure, place: Membership, person: Person) -> None:
    one, field = _field(row, place, person)
    was, mark = row.before.get("day"), row.before.get("mark")
    setattr(one, field, date.fromisoformat(was) if was else None)
    rest = {name: value for name, value in one.origin.items() if name != field}
    one.origin = {**rest, **({field: mark} if mark else {})}
    one.save(update_fields=[field, "origin"])


def _field(row: Departure, place: Membership, person: Person) -> tuple[Membership | Person, str]:
    if row.kind == DepartureKind.DEATH:
        return person, "deceased_on"
    return place, "membership_end"


def _item(row: Departure, *, now: datetime) -> Item:
    return Item(
        source=Source.REVIEW,
        source_id=row.id,
        kind=DEPARTURE,
        needs=SECOND,
        opened_at=now,
        due_at=now + timedelta(days=1),
        stage=Stage.SECOND,
        household=row.household_id,
        membership=row.membership_id,
        kept_from=row.proposed_by,
    )
