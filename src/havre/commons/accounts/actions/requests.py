"""What someone typed at the gate, kept sealed until the worker has matched it."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from havre.commons.accounts.actions.throttling import count_failure, keyed, locked, waits_until
from havre.commons.accounts.models import OpeningRequest
from havre.commons.accounts.words import RequestKind, RequestState
from havre.foundation.crypto import Place, vault
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.db.jobs import add_job
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in.waiting import FREE_REQUESTS, network_of

MATCH = "account_opening.match"
RECOVER = "account_security.recover"
_JOBS = {
    RequestKind.OPENING: MATCH,
    RequestKind.PASSWORD: RECOVER,
    RequestKind.NUMBER: RECOVER,
}
_PUBLIC = Actor(name="anonymous", channel=Channel.ONLINE, purpose="ask at the gate")


class TooManyRequests(Refusal):
    """This network asked too often; it may again after ``until``."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


@dataclass(frozen=True)
class TypedIdentity:
    """What was typed, as typed; what a page does not ask is empty."""

    family_name: str
    first_name: str
    birth_date: date
    email: str
    adherent_number: str

    def as_json(self) -> str:
        return json.dumps({**asdict(self), "birth_date": self.birth_date.isoformat()})

    @classmethod
    def from_json(cls, text: str) -> "TypedIdentity":
        read = json.loads(text)
        return cls(**{**read, "birth_date": date.fromisoformat(read["birth_date"])})


@dataclass(frozen=True)
class ReceivedRequest:
    kind: RequestKind
    typed: TypedIdentity
    language: str
    received_at: datetime


def receive_request(
    *,
    kind: RequestKind = RequestKind.OPENING,
    typed: TypedIdentity,
    address: str,
    language: str,
    now: datetime,
) -> None:
    """Keep the request and enqueue its matching: the same work whoever asks. Opens two transactions.

    Counted by network, ``address`` being of the reader's machine, and not by number: nobody could ask
    any more for a number that somebody else keeps asking for. What one person is sent is limited where
    it is sent. Refuses with :class:`TooManyRequests`.
    """
    with acting(actor=_PUBLIC):
        counters = locked((keyed(b"asks", network_of(address)),), now=now)
        until = waits_until(counters, now=now)
        if until is None:
            count_failure(counters, now=now, free=FREE_REQUESTS)
    if until is not None:
        raise TooManyRequests(until)
    row_id = new_id()
    with acting(actor=_PUBLIC, role=Role.PUBLIC):
        OpeningRequest(
            id=row_id,
            kind=kind,
            typed=vault().seal(typed.as_json(), place=_place(row_id)),
            language=language,
            received_at=now,
        ).save(force_insert=True)
        add_job(_JOBS[kind], request_id=str(row_id))


def take_request(*, request_id: UUID) -> ReceivedRequest | None:
    """Open a request and lock it; none when it was dealt with before. Needs a transaction."""
    row = (
        OpeningRequest.objects.select_for_update()
        .filter(id=request_id, state=RequestState.RECEIVED)
        .first()
    )
    if row is None or row.typed is None:
        return None
    typed = vault().open(bytes(row.typed), place=_place(row.id))
    return ReceivedRequest(
        RequestKind(row.kind), TypedIdentity.from_json(typed), row.language, row.received_at
    )


def close_request(*, request_id: UUID, now: datetime) -> None:
    """Blank what was typed: nothing more is done with it. Needs a transaction."""
    OpeningRequest.objects.filter(id=request_id).update(
        typed=None, state=RequestState.DONE, done_at=now
    )


def _place(request: UUID) -> Place:
    return Place("accounts_openingrequest", "typed", request)
