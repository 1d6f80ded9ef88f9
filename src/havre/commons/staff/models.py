"""Who works here and signs in at the desk. Tables of their own: the portal's user has no right on them."""

from uuid import UUID

from django.db import models

from havre.commons.staff.words import StaffState
from havre.foundation.crypto import Place
from havre.foundation.db.fields import SealedField, choices_of
from havre.foundation.ids import new_id
from havre.foundation.signing_in.rows import CodeAppRow, PasskeyRow, RecoveryCodeRow, SessionRow


class StaffMember(models.Model):
    """Somebody who works here. ``email_index`` is the blind index of the sealed address.

    ``first_name`` is what members are shown. ``products``, ``employers`` and ``intermediaries`` are the
    scope: empty is no limit. A row is never deleted: who decided what stays known.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = SealedField()
    email_index = models.BinaryField(unique=True)
    first_name = models.TextField()
    last_name = models.TextField()
    language = models.TextField(default="fr")
    roles = models.JSONField(default=list)
    products = models.JSONField(default=list)
    employers = models.JSONField(default=list)
    intermediaries = models.JSONField(default=list)
    state = models.TextField(default=StaffState.INVITED, choices=choices_of(StaffState))
    password = models.TextField(default="")
    invited_at = models.DateTimeField()
    password_chosen_at = models.DateTimeField(null=True)
    signed_in_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ENDED", ended_on__isnull=False, password="")
                | (~models.Q(state="ENDED") & models.Q(ended_on=None)),
                name="who_left_has_a_day_and_no_password",
            ),
        ]


class Invitation(models.Model):
    """One invitation. Its code is derived from ``id``; only a digest is kept. It opens once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Session(SessionRow):
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.CASCADE, related_name="+")


class Passkey(PasskeyRow):
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")


class CodeApp(CodeAppRow):
    staff = models.OneToOneField(StaffMember, on_delete=models.CASCADE, related_name="+")


class RecoveryCode(RecoveryCodeRow):
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "digest"], name="one_digest_a_staff_member"),
        ]


def email_place(staff: UUID) -> Place:
    """Where the address of somebody who works here is sealed."""
    return Place("staff_staffmember", "email", staff)


def app_secret_place(app: UUID) -> Place:
    """Where the secret of a code app is sealed."""
    return Place("staff_codeapp", "secret", app)
