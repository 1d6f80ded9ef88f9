"""Planned care that was agreed to: read by its household, written by those who opened its health."""

import django.db.models.expressions
from django.db import migrations, models

import havre.foundation.db.fields
import havre.foundation.ids
from havre.foundation.db.operations import (
    desk_policies,
    household_link,
    household_owner,
    household_table,
)
from havre.foundation.db.roles import Role

_TABLE = "health.agreement"
_OPENS = f"{Role.DESK_HEALTH}, {Role.DESK_MEDICAL}"


class Migration(migrations.Migration):
    dependencies = [("health", "0009_finer_statistics")]

    operations = [
        migrations.CreateModel(
            name="Agreement",
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
                ("number", models.TextField()),
                (
                    "person_id",
                    havre.foundation.db.fields.HouseholdReference(references="people_person"),
                ),
                (
                    "contract_id",
                    havre.foundation.db.fields.HouseholdReference(references="contracts_contract"),
                ),
                (
                    "category",
                    models.TextField(
                        choices=[
                            ("HOSPITAL", "HOSPITAL"),
                            ("GENERAL_PRACTITIONER", "GENERAL_PRACTITIONER"),
                            ("SPECIALIST", "SPECIALIST"),
                            ("NURSING", "NURSING"),
                            ("PHARMACY", "PHARMACY"),
                            ("LABORATORY", "LABORATORY"),
                            ("OPTICAL", "OPTICAL"),
                            ("DENTAL", "DENTAL"),
                            ("MATERNITY", "MATERNITY"),
                            ("MENTAL_HEALTH", "MENTAL_HEALTH"),
                            ("SEXUAL_HEALTH", "SEXUAL_HEALTH"),
                            ("PREVENTION", "PREVENTION"),
                            ("COMPLEMENTARY", "COMPLEMENTARY"),
                            ("TRANSPORT", "TRANSPORT"),
                            ("OTHER", "OTHER"),
                        ]
                    ),
                ),
                ("act", models.TextField()),
                ("provider", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("limit", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("currency", models.TextField()),
                ("percent", models.SmallIntegerField(null=True)),
                ("agreed_at", models.DateTimeField()),
            ],
            options={
                "db_table": '"health"."agreement"',
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household_id", "number"), name="one_agreement_a_request"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__gte", django.db.models.expressions.F("first_day"))
                        ),
                        name="an_agreement_ends_after_it_begins",
                    ),
                ],
            },
        ),
        household_table(_TABLE, grants={Role.MEMBER: "SELECT", Role.BATCH: "SELECT"}),
        desk_policies(_TABLE),
        migrations.RunSQL(f"GRANT SELECT, INSERT ON {_TABLE} TO {_OPENS}", migrations.RunSQL.noop),
        household_owner(_TABLE),
        household_link(_TABLE, "person_id", "people_person"),
        household_link(_TABLE, "contract_id", "contracts_contract"),
    ]
