"""Deleting what signing in leaves behind, once it is of no more use."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Model

from havre.commons.accounts.models import (
    ChangeNotice,
    CodeApp,
    EmailCode,
    KnownDevice,
    OpeningRequest,
    Session,
    Throttle,
)
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.signing_in.waiting import FORGOTTEN_AFTER

DEVICE_KEPT = timedelta(days=365)
"""As long as the cookie that names the device."""
_CODE_KEPT = timedelta(days=1)
_REQUEST_KEPT = timedelta(days=30)
_NOTICE_KEPT = timedelta(days=30)
_KEPT: Mapping[type[Model], tuple[str, timedelta]] = {
    Session: ("expire_date", timedelta()),
    Throttle: ("last_failure_at", FORGOTTEN_AFTER),
    EmailCode: ("sent_at", _CODE_KEPT),
    OpeningRequest: ("received_at", _REQUEST_KEPT),
    ChangeNotice: ("told_at", _NOTICE_KEPT),
    KnownDevice: ("last_seen_at", DEVICE_KEPT),
}
_ACTOR = Actor(name="purge", channel=Channel.JOB, purpose="delete what signing in leaves behind")


def purge(*, now: datetime) -> Mapping[str, int]:
    """Delete ended sessions, forgotten failures, old codes, requests, devices and apps never set up.

    Gives how many of each. Needs the worker's user of the database. A transaction for each table.
    """
    deleted = {}
    for model, (moment, kept) in _KEPT.items():
        with acting(actor=_ACTOR):
            old = model._default_manager.filter(**{f"{moment}__lt": now - kept})
            deleted[model.__name__] = old.delete()[0]
    with acting(actor=_ACTOR):
        unfinished = CodeApp.objects.filter(added_at=None, begun_at__lt=now - _CODE_KEPT)
        deleted[CodeApp.__name__] = unfinished.delete()[0]
    return deleted
