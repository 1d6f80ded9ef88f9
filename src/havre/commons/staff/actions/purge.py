"""Deleting what signing in at the desk leaves behind, once it is of no more use."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from havre.commons.staff.models import CodeApp, Invitation, Session
from havre.foundation.db import Actor, Channel, acting

_INVITATION_KEPT = timedelta(days=365)
_SETTING_UP_KEPT = timedelta(days=1)
_ACTOR = Actor(name="purge", channel=Channel.JOB, purpose="delete what signing in leaves behind")


def purge(*, now: datetime) -> Mapping[str, int]:
    """Delete ended sessions, invitations of a year ago and apps never set up; how many of each.

    Opens a transaction. Needs the worker's user of the database.
    """
    with acting(actor=_ACTOR):
        unfinished = CodeApp.objects.filter(added_at=None, begun_at__lt=now - _SETTING_UP_KEPT)
        old = Invitation.objects.filter(issued_at__lt=now - _INVITATION_KEPT)
        return {
            "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
            "invitations": old.delete()[0],
            "apps": unfinished.delete()[0],
        }
