"""A request in somebody's hands: whether its content opens to them, and what its member reads of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from havre.commons.audit import actions as audit
from havre.commons.audit import queries as audit_seen
from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases import actions as cases
from havre.commons.cases import queries as cases_seen
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import By, Side
from havre.commons.documents.words import Compartment
from havre.commons.staff.words import Permission
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.doors.desk.page import Viewer

OPENED_FOR = timedelta(hours=8)
"""How long health stays open once a request is taken, or a purpose given."""
_NEEDS = {
    Compartment.HEALTH: Permission.HEALTH_OPEN,
    Compartment.MEDICAL: Permission.MEDICAL_READ,
}


def staff_by(viewer: Viewer) -> By:
    """Who acts, as the member reads it: a first name."""
    return By(id=str(viewer.id), side=Side.STAFF, name=viewer.staff.first_name)


def may_open(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the compartment of a request is one that this person can open."""
    needed = _NEEDS.get(case.compartment)
    return needed is None or viewer.may(needed)


@contextmanager
def inside_case(viewer: Viewer, case: CaseSeen, *, in_hand: bool) -> Iterator[bool]:
    """The guard of a request, and whether its content is open there.

    One about health opens by itself to whoever has it in hand, and the member reads that it did; to
    others only where they opened this file for a purpose they gave.
    """
    purpose = f"request {case.number}"
    with viewer.inside(case.household, purpose=purpose):
        if case.compartment is Compartment.GENERAL:
            yield True
        elif may_open(viewer, case) and _is_opened(viewer, case, in_hand=in_hand):
            with viewer.inside(case.household, health=True, purpose=purpose):
                yield True
        else:
            yield False


def open_for(viewer: Viewer, case: CaseSeen, purpose: OpeningPurpose) -> None:
    """Open the health of a file for a purpose. Needs the guard of its household, as the desk."""
    open_for_case(viewer, household=case.household, case=case.id, purpose=purpose)


def open_for_case(
    viewer: Viewer,
    *,
    household: UUID,
    case: UUID,
    purpose: OpeningPurpose = OpeningPurpose.REQUEST,
) -> None:
    """The same for a request by its id, which may still be written."""
    audit.open_health(
        household=household,
        staff=viewer.id,
        name=viewer.staff.first_name,
        purpose=purpose,
        case=case,
        now=viewer.now,
        until=viewer.now + OPENED_FOR,
    )


def taken(viewer: Viewer, item: ItemSeen) -> None:
    """Somebody has it: the member of a request reads that it is being looked at, once."""
    if item.source is not Source.CASE:
        return
    case = cases_seen.found_case(case=item.source_id)
    if case is None or case.read_at is not None:
        return
    with inside_case(viewer, case, in_hand=True) as opened:
        if opened:
            cases.mark_read(
                household=case.household, case=case.id, by=staff_by(viewer), now=viewer.now
            )


def _is_opened(viewer: Viewer, case: CaseSeen, *, in_hand: bool) -> bool:
    if in_hand:
        open_for(viewer, case, OpeningPurpose.REQUEST)
        return True
    return audit_seen.is_open(household=case.household, staff=viewer.id, now=viewer.now)
