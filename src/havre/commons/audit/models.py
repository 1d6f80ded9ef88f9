from datetime import timedelta
from uuid import UUID

from django.db import models
from django.db.models.functions import Now

from havre.commons.audit.words import Datum, LoadingOutcome, OpeningPurpose
from havre.foundation.crypto import Place
from havre.foundation.db.fields import HouseholdReference, HouseholdRow, SealedField, choices_of
from havre.foundation.ids import new_id

LONGEST_OPENING = timedelta(days=1)


class Change(models.Model):
    """One changed row: which keys, before and after. Written by a trigger; nobody has a grant on it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    table_name = models.TextField()
    row_id = models.TextField()
    household_id = models.UUIDField(null=True)
    operation = models.TextField()
    role = models.TextField()
    actor = models.TextField(null=True)
    channel = models.TextField(null=True)
    purpose = models.TextField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["household_id", "at"], name="audit_change_household_at"),
            models.Index(fields=["table_name", "row_id"], name="audit_change_row"),
        ]


class Reading(HouseholdRow):
    """Someone looked at a sensitive datum of a person. The household can read it; nobody can change it.

    By an account of the household, or by somebody of the desk, whose first name members are shown.
    """

    at = models.DateTimeField(db_default=Now())
    account_id = models.UUIDField(null=True)
    staff_id = models.UUIDField(null=True)
    staff_name = models.TextField(default="", db_default="")
    person_id = HouseholdReference(references="people_person")
    datum = models.TextField(choices=choices_of(Datum))
    purpose = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account_id__isnull=False, staff_id=None)
                | models.Q(account_id=None, staff_id__isnull=False),
                name="somebody_looked",
            ),
        ]
        indexes = [models.Index(fields=["household_id", "at"], name="audit_reading_household_at")]


class Opening(HouseholdRow):
    """Somebody of the desk opened what this household's file holds about health, until ``until``.

    The policies of health read it, so nothing is seen without it; the household reads it too.
    ``staff_name`` is the first name that members are shown, ``words`` what somebody said of why.
    """

    staff_id = models.UUIDField()
    staff_name = models.TextField()
    purpose = models.TextField(choices=choices_of(OpeningPurpose))
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    words = SealedField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__lte=models.F("at") + LONGEST_OPENING),
                name="an_opening_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["household_id", "at"], name="audit_opening_household_at"),
            models.Index(fields=["at", "id"], name="audit_opening_at"),
        ]


class Loading(models.Model):
    """A feed that was refused, or loaded with remarks, until it loads well or somebody closes it.

    ``remarks`` counts all there were, ``told`` holds the first of them, a line each. They name records,
    so they are sealed, and gone once it is closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    command = models.TextField()
    files = models.TextField()
    outcome = models.TextField(choices=choices_of(LoadingOutcome))
    at = models.DateTimeField()
    remarks = models.IntegerField()
    told = SealedField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")
    reason = SealedField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["command", "files"], name="one_loading_of_these_files")
        ]


def told_place(loading: UUID) -> Place:
    """Where what a loading told is sealed."""
    return Place("audit_loading", "told", loading)


def reason_place(loading: UUID) -> Place:
    """Where the reason for closing it is sealed."""
    return Place("audit_loading", "reason", loading)


def words_place(opening: UUID) -> Place:
    """Where what was said of an opening is sealed."""
    return Place("audit_opening", "words", opening)
