"""The columns of what opens a door, the same for members and staff.

Each has tables of its own, which add whose the row is: the user of one door has no right on the other's.
"""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from havre.foundation.db.fields import SealedField
from havre.foundation.ids import new_id


class SessionRow(AbstractBaseSession):
    """What the key of a cookie opens. The columns repeat the data, so that an owner finds their own.

    ``handle`` names it on a page: the key itself is never shown. Nothing says where on the network.
    """

    handle = models.UUIDField(null=True)  # not unique: a renewed key stands beside the old a moment
    began_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    zone = models.TextField(null=True)
    browser = models.TextField(null=True)
    system = models.TextField(null=True)

    class Meta(AbstractBaseSession.Meta):  # type: ignore[misc,name-defined]  # unknown to the stubs
        abstract = True


class PasskeyRow(models.Model):
    """A key that a device or a password manager keeps for its owner. ``public_key`` is COSE in CBOR."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.TextField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class CodeAppRow(models.Model):
    """An app that shows a code every thirty seconds (TOTP, RFC 6238).

    ``last_step`` is the interval of the last code that was taken: none is taken twice. Until
    ``added_at`` it is being set up and opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    secret = SealedField()
    begun_at = models.DateTimeField()
    added_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class RecoveryCodeRow(models.Model):
    """A code for the day when everything else is lost: it opens once. Only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
