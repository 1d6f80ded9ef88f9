from django.db import models
from django.db.models import F, Q

from havre.commons.documents.words import Compartment
from havre.commons.messaging.words import Side, State, Topic
from havre.foundation.crypto import Place
from havre.foundation.db.fields import HouseholdReference, HouseholdRow, SealedField, choices_of


class Conversation(HouseholdRow):
    """One member and the team, about one thing: a request (``case_id``) or anything else.

    ``messages`` counts them and numbers the next. Each side has seen up to a number, and has so many
    unread. ``waiting_since`` is when the member wrote what nobody has answered. ``client_key`` is drawn
    with the form, so that what is sent twice begins once.
    """

    membership_id = HouseholdReference(references="people_membership")
    case_id = models.UUIDField(null=True)
    client_key = models.UUIDField()
    topic = models.TextField(choices=choices_of(Topic))
    subject = SealedField(null=True)
    compartment = models.TextField(choices=choices_of(Compartment))
    state = models.TextField(default=State.OPEN, choices=choices_of(State))
    language = models.TextField()
    product = models.TextField(null=True)
    employer_id = models.UUIDField(null=True)
    intermediary_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_from = models.TextField(choices=choices_of(Side))
    waiting_since = models.DateTimeField(null=True)
    messages = models.IntegerField(default=0)
    member_seen = models.IntegerField(default=0)
    staff_seen = models.IntegerField(default=0)
    unread_by_member = models.IntegerField(default=0)
    unread_by_staff = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "client_key"], name="one_conversation_a_form"
            ),
            models.UniqueConstraint(
                fields=["household_id", "case_id"],
                name="one_conversation_a_case",
                condition=Q(case_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(member_seen__lte=F("messages"), staff_seen__lte=F("messages")),
                name="conversation_seen_as_far_as_written",
            ),
        ]
        indexes = [
            models.Index(
                fields=["household_id", "membership_id", "-last_at", "-id"],
                name="messaging_latest_first",
            ),
        ]


class Message(HouseholdRow):
    """One message. It never changes. Its files are the uploads of the conversation whose piece is
    ``client_key``."""

    conversation_id = HouseholdReference(references="messaging_conversation")
    number = models.IntegerField()
    author = models.TextField(choices=choices_of(Side))
    author_id = models.UUIDField()
    shown_name = models.TextField(default="")
    compartment = models.TextField(choices=choices_of(Compartment))
    body = SealedField()
    client_key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "conversation_id", "number"], name="messages_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["household_id", "conversation_id", "client_key"],
                name="message_sent_twice_is_one",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="message_has_a_number"),
        ]
        indexes = [models.Index(fields=["household_id", "-id"], name="messaging_looked_through")]


class Draft(HouseholdRow):
    """What somebody has typed and not sent; no conversation while it is to begin one, and then its
    ``topic`` and ``subject`` as far as they were said."""

    conversation_id = HouseholdReference(references="messaging_conversation", null=True)
    author_id = models.UUIDField()
    topic = models.TextField(null=True, choices=choices_of(Topic))
    subject = SealedField(null=True)
    body = SealedField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "conversation_id", "author_id"],
                name="one_draft_a_writer",
                nulls_distinct=False,
            ),
        ]


class AnswerTime(models.Model):
    """How long one answer took, in minutes of opening hours. It belongs to nobody."""

    answered_at = models.DateTimeField()
    minutes = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=0), name="answer_takes_no_less_than_none"
            ),
        ]
        indexes = [models.Index(fields=["answered_at"], name="messaging_answered")]


def subject_place(conversation: object) -> Place:
    return Place("messaging_conversation", "subject", str(conversation))


def body_place(message: object) -> Place:
    return Place("messaging_message", "body", str(message))


def draft_place(draft: object, column: str = "body") -> Place:
    return Place("messaging_draft", column, str(draft))
