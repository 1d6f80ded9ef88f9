"""Forgetting addresses of before, once nobody could profit from having taken one over."""

from datetime import datetime, timedelta

from havre.domains.people.models import FormerEmail
from havre.foundation.db import Actor, Channel, Role, acting

FORMER_EMAIL_KEPT = timedelta(days=92)
"""Three months, as the register says; as long as those who are told of a change of bank account."""
_ACTOR = Actor(name="purge", channel=Channel.JOB, purpose="forget e-mail addresses of before")


def forget_former_emails(*, now: datetime) -> int:
    """Delete the addresses that were replaced three months ago; how many. Opens a transaction."""
    with acting(actor=_ACTOR, role=Role.BATCH):
        return FormerEmail.objects.filter(replaced_at__lt=now - FORMER_EMAIL_KEPT).delete()[0]
