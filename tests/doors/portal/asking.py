"""Requests at the portal: what tests of their pages begin with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen, DraftSeen
from tests.doors.portal.conftest import Member
from tests.journeys.requests.asking import Asker, as_member

WORDS = {"subject": "A card for my aunt", "words": "She visits in May."}


def asker(member: Member) -> Asker:
    return Asker(member.household, member.membership.id, member.person.id, contract=UUID(int=0))


def posted(member: Member, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> Any:
    return member.client.post(f"/en/{path}", data or {}, **more)


def begun(member: Member, kind: str = "other") -> UUID:
    """A draft of this kind, as the catalogue's button begins it; its id."""
    answer = posted(member, f"requests/new/{kind}")
    assert answer.status_code == 302, answer.content
    return UUID(answer["Location"].rpartition("/")[2])


def draft(member: Member, row: UUID) -> DraftSeen:
    with as_member(asker(member)):
        found = cases.draft_of(household=member.household, draft=row)
    assert found
    return found


def written(member: Member, row: UUID, step: str = "request", **answers: str) -> Any:
    """A page of the draft filled in and sent by "Continue"."""
    data = {"_version": str(draft(member, row).version), "_do": "next", **(answers or WORDS)}
    return posted(member, f"requests/drafts/{row}/pages/{step}", data)


def filed(member: Member, row: UUID) -> Any:
    data = {"_version": str(draft(member, row).version)}
    return posted(member, f"requests/drafts/{row}/send", data)


def case(member: Member, row: UUID) -> CaseSeen:
    with as_member(asker(member)):
        found = cases.case_of(household=member.household, case=row)
    assert found
    return found


def a_sent(member: Member) -> UUID:
    """A request of Claire's that is on file."""
    row = begun(member)
    written(member, row)
    assert filed(member, row).status_code == 302
    return row
