"""Who sends files, and what they may be told."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from havre.foundation.db import Actor, Role, acting
from havre.foundation.refusals import Refusal


class UploadMissing(Refusal):
    """There is no such upload in the household, or it was removed."""


class TooManyUploads(Refusal):
    """So many files were sent for this subject already."""


class NotReceiving(Refusal):
    """The upload was received whole, or refused: it takes no more bytes."""


class UploadKept(Refusal):
    """What it was sent for was filed: it is removed no more."""


class WrongOffset(Refusal):
    """The part does not begin where the last one ended. ``received`` says where that is."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(f"{received} bytes are here")


@dataclass(frozen=True)
class Sender:
    """Who sends (the id of an account or of a member of the staff), and under which guard."""

    id: UUID
    actor: Actor
    role: Role
    household: UUID

    def acting(self) -> AbstractContextManager[None]:
        return acting(actor=self.actor, role=self.role, household=self.household)
