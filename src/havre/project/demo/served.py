"""What else the desk of the demo meets: a death to confirm, a photo in a thread."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from havre.commons.accounts import queries as accounts
from havre.commons.documents import actions as documents
from havre.commons.documents.actions import Sender
from havre.commons.documents.words import Compartment
from havre.commons.messaging.words import Topic
from havre.commons.staff import queries as staff
from havre.commons.staff.words import Permission, StaffRole
from havre.domains.people import queries as people
from havre.domains.people.words import DepartureKind
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.journeys.member_file import account, departure
from havre.journeys.member_file.account import At
from havre.journeys.messages.writing import Member, Text, begin, waiting_piece, write
from havre.project.demo.photographed import Photo

SignedInAs = Callable[[Role], AbstractContextManager[None]]
_HOUSE = Actor(name="demo", channel=Channel.COMMAND, purpose="make what the desk did")
_ONLINE = Actor(name="demo", channel=Channel.ONLINE, purpose="write to the team")
_SUBJECT = "My new address in Singapore"
_FIRST = "Hello, I have moved within Singapore. What do you need from me?"
_THEN = "Here is the page of my lease that gives the address."
_LEASE = Photo("lease", "Tenancy agreement", ("Unit 07-12", "12 Example Road", "Singapore 000000"))


def place_of(adherent_number: str) -> At:
    """Where the member with this number is. As the worker."""
    with acting(actor=_HOUSE):
        located = people.locate(adherent_number=adherent_number)
    if located is None:
        raise LookupError(f"{adherent_number} was not loaded")
    return At(located.household, located.membership)


def report_death(at: At, *, day: date, signed_in_as: SignedInAs, now: datetime) -> None:
    """Told by telephone, recorded, for a second person to confirm."""
    with signed_in_as(Role.DESK_WEB):
        with acting(actor=_HOUSE):
            working = staff.working(permission=Permission.ACCOUNTS_MANAGE)
        agent = next(one for one in working if StaffRole.AGENT in one.roles)
        by = Actor(name=str(agent.id), channel=Channel.PHONE, purpose="record a departure")
        with acting(actor=by, role=Role.DESK, household=at.household):
            departure.record(
                at,
                account.person(at),
                kind=DepartureKind.DEATH,
                day=day,
                ends_covers=True,
                by=agent.id,
                now=now,
            )


def write_with_a_paper(at: At, *, signed_in_as: SignedInAs, now: datetime) -> None:
    """A member writes, then sends a photo with a second message; the worker checks it once it runs."""
    with signed_in_as(Role.WEB):
        with acting(actor=_ONLINE):
            own = accounts.account_of_membership(membership=at.membership)
        if own is None:
            raise LookupError("whoever writes has an account")
        member = Member(at.household, at.membership, own, _ONLINE)
        conversation = begin(
            member,
            Text(_FIRST, new_id()),
            topic=Topic.CONTRACT,
            subject=_SUBJECT,
            language="en",
            today=now.date(),
            now=now,
        ).conversation
        documents.receive_whole(
            sender=Sender(own, _ONLINE, Role.MEMBER, at.household),
            subject=conversation,
            piece=waiting_piece(own),
            compartment=Compartment.GENERAL,
            file_name=_LEASE.file_name,
            content=[_LEASE.content()],
            now=now,
        )
        text = Text(_THEN, new_id())
        at_once = now + timedelta(minutes=2)
        write(member, text, conversation=conversation, today=now.date(), now=at_once)
