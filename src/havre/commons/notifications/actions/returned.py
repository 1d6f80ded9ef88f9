"""Mails that came back: whoever wrote them is told by the queue, and what refuses is written to no more."""

from datetime import datetime
from pathlib import Path

import structlog

from havre.commons.notifications.actions.outbox import WORKER, address_of, lost
from havre.commons.notifications.models import OutgoingMail, RefusingAddress
from havre.commons.notifications.words import MailState
from havre.commons.worklist import actions as worklist
from havre.foundation.db import acting
from havre.foundation.delivery_reports import LARGEST, read_report
from havre.foundation.signing_in.addresses import address_index

READ_AT_ONCE = 500
_log = structlog.get_logger(__name__)


def note_returned(*, name: str, for_good: bool, now: datetime) -> bool:
    """A mail came back: somebody looks by which other way its member can be reached; is it one of ours?

    Where it is for good, no other mail leaves for that address. Told twice is told once. Needs the
    worker's user of the database.
    """
    with acting(actor=WORKER):
        mail = OutgoingMail.objects.select_for_update().filter(message_name=name).first()
        if mail is None:
            return False
        if for_good:
            index = address_index(address_of(mail))
            row = RefusingAddress(address=index, since=now)
            RefusingAddress.objects.bulk_create([row], ignore_conflicts=True)
        if mail.state == MailState.SENT:
            OutgoingMail.objects.filter(id=mail.id).update(state=MailState.BOUNCED)
            worklist.put(lost(mail, now=now))
    return True


def take_returned(*, folder: Path, now: datetime) -> int:
    """Take in what the mail server put into a maildir; how many tell of a mail of ours.

    A report of one goes, since nothing in it is of use; what is something else is moved to ``cur``, for
    whoever looks after the mailbox. Killed in between, it begins again. Needs the worker's user.
    """
    taken = 0
    for path in sorted((folder / "new").iterdir())[:READ_AT_ONCE]:
        try:
            taken += _took(path, folder, now=now)
        except OSError as error:  # one that cannot be read holds up no other
            _log.error("report_not_read", error=type(error).__name__)
    return taken


def _took(path: Path, folder: Path, *, now: datetime) -> bool:
    with path.open("rb") as file:
        returned = read_report(file.read(LARGEST))
    if returned and note_returned(name=returned.name, for_good=returned.for_good, now=now):
        path.unlink(missing_ok=True)
        return True
    path.replace(folder / "cur" / f"{path.name}:2,S")
    return False


def write_again(*, address: str) -> None:
    """Its owner says that it is theirs and works: mails leave for it again. Needs a transaction."""
    RefusingAddress.objects.filter(address=address_index(address)).delete()
