from django.db import models

from havre.commons.notifications.words import MailState
from havre.foundation.db.fields import (
    HouseholdReference,
    HouseholdRow,
    SealedField,
    choices_of,
)
from havre.foundation.ids import new_id


class OutgoingMail(models.Model):
    """A mail to send, written in the transaction of the act that it tells of.

    The text is made when it is sent: ``kind`` names who writes it, ``about`` holds ids only and
    ``facts`` (sealed) what a person wrote or is called. The same ``kind`` and ``subject_key`` is one mail.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    subject_key = models.TextField()
    household_id = models.UUIDField(null=True)
    membership_id = models.UUIDField(null=True)
    language = models.TextField()
    address = SealedField()
    about = models.JSONField(default=dict)
    facts = SealedField(null=True)
    state = models.TextField(default=MailState.QUEUED, choices=choices_of(MailState))
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    message_name = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_key"], name="one_mail_a_subject"),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="notifications_mail_waiting",
                condition=models.Q(state__in=["QUEUED", "FAILED"]),
            ),
            models.Index(
                fields=["membership_id"],
                name="notifications_mail_of_member",
                condition=models.Q(state__in=["QUEUED", "FAILED"]),
            ),
            models.Index(fields=["message_name"], name="notifications_mail_by_name"),
            models.Index(
                fields=["membership_id", "created_at", "id"], name="notifications_mails_to_member"
            ),
        ]


class RefusingAddress(models.Model):
    """An address that refused a mail for good: none leaves for it. Only a keyed hash of it is kept."""

    address = models.BinaryField(primary_key=True)
    since = models.DateTimeField()


class SilencedMember(models.Model):
    """A member who died: no mail leaves for them, whoever would write one."""

    membership_id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()


class Letter(HouseholdRow):
    """What a member without an e-mail address is told by post; its words are made when it is printed.

    ``state`` is QUEUED while it waits to be posted, SENT from then on, EXPIRED where it never was.
    """

    membership_id = HouseholdReference(references="people_membership")
    kind = models.TextField()
    language = models.TextField()
    about = models.JSONField(default=dict)
    facts = SealedField(null=True)
    state = models.TextField(default=MailState.QUEUED, choices=choices_of(MailState))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    printed_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["household_id", "membership_id", "created_at", "id"],
                name="notifications_letter_to_member",
            ),
        ]
