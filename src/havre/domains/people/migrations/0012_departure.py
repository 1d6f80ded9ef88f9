"""A death or the end of relations: said, confirmed, and undone while it can be."""

import django.db.models.deletion
from django.db import migrations, models

import havre.foundation.db.fields
import havre.foundation.ids
from havre.domains.people.words import DepartureKind, DepartureState
from havre.foundation.db.fields import choices_of
from havre.foundation.db.operations import (
    desk_grants,
    desk_policies,
    household_link,
    household_owner,
    household_table,
)


class Migration(migrations.Migration):
    dependencies = [("people", "0011_forgotten_emails")]

    operations = [
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=havre.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("household_id", models.UUIDField()),
                ("kind", models.TextField(choices=choices_of(DepartureKind))),
                ("day", models.DateField()),
                ("ends_covers", models.BooleanField()),
                (
                    "state",
                    models.TextField(
                        choices=choices_of(DepartureState), default=DepartureState.WAITING
                    ),
                ),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("before", models.JSONField(default=dict)),
                (
                    "membership",
                    havre.foundation.db.fields.HouseholdForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["WAITING", "EFFECTIVE"])),
                        fields=("household_id", "membership"),
                        name="one_departure_a_member",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(kind="DEATH", state="EFFECTIVE")
                        | ~models.Q(proposed_by=models.F("decided_by")),
                        name="two_persons_record_a_death",
                    ),
                ],
            },
        ),
        household_table("people_departure", grants={}),
        desk_policies("people_departure"),
        desk_grants(
            "people_departure",
            "SELECT, INSERT, UPDATE (state, decided_by, decided_at, undone_by, undone_at, before)",
        ),
        household_owner("people_departure"),
        household_link("people_departure", "membership_id", "people_membership"),
    ]
