from django.db import models

from havre.commons.worklist.words import GENERAL, Source, Stage
from havre.foundation.db.fields import choices_of
from havre.foundation.ids import new_id


class WorkItem(models.Model):
    """One thing that waits for someone of the house; it goes when it is done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.TextField(choices=choices_of(Source))
    source_id = models.UUIDField()
    household_id = models.UUIDField(null=True)
    membership_id = models.UUIDField(null=True)
    kind = models.TextField()
    number = models.TextField(default="")
    needs = models.TextField()
    compartment = models.TextField(default=GENERAL)
    stage = models.TextField(default=Stage.TO_READ, choices=choices_of(Stage))
    papers = models.IntegerField(default=0, db_default=0)
    scanning = models.IntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    language = models.TextField(default="")
    product = models.TextField(default="")
    country = models.TextField(default="")
    employer_id = models.UUIDField(null=True)
    intermediary_id = models.UUIDField(null=True)
    assigned_to = models.UUIDField(null=True)
    assigned_at = models.DateTimeField(null=True)
    kept_from = models.UUIDField(null=True)
    snoozed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="one_item_a_source"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="worklist_most_urgent"),
            models.Index(fields=["opened_at", "id"], name="worklist_oldest"),
            models.Index(fields=["kind", "due_at", "id"], name="worklist_of_kind"),
            models.Index(
                fields=["assigned_to", "due_at", "id"],
                name="worklist_of_person",
                condition=models.Q(assigned_to__isnull=False),
            ),
            models.Index(fields=["household_id"], name="worklist_of_household"),
        ]
