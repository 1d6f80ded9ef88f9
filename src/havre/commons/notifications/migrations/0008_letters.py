"""Letters to print for members without an e-mail address; members who died, to whom no mail leaves."""

from django.db import migrations, models

import havre.foundation.db.fields
import havre.foundation.ids
from havre.commons.notifications.words import MailState
from havre.foundation.db.fields import choices_of
from havre.foundation.db.operations import (
    desk_grants,
    desk_policies,
    household_link,
    household_owner,
    household_table,
    shared_table,
)
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_bounced"), ("people", "0011_forgotten_emails")]

    operations = [
        migrations.CreateModel(
            name="SilencedMember",
            fields=[
                ("membership_id", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
        shared_table(
            "notifications_silencedmember",
            grants={Role.WORKER: "SELECT, INSERT, DELETE", Role.BATCH: "INSERT"},
        ),
        desk_grants("notifications_silencedmember", "SELECT, INSERT, DELETE"),
        migrations.CreateModel(
            name="Letter",
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
                (
                    "membership_id",
                    havre.foundation.db.fields.HouseholdReference(references="people_membership"),
                ),
                ("kind", models.TextField()),
                ("language", models.TextField()),
                ("about", models.JSONField(default=dict)),
                ("facts", havre.foundation.db.fields.SealedField(null=True)),
                (
                    "state",
                    models.TextField(choices=choices_of(MailState), default=MailState.QUEUED),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("printed_at", models.DateTimeField(null=True)),
                ("printed_by", models.UUIDField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["household_id", "membership_id", "created_at", "id"],
                        name="notifications_letter_to_member",
                    )
                ],
            },
        ),
        household_table(
            "notifications_letter",
            # Whoever changes an account may have to tell of it by post; a stop by a link too.
            grants={Role.MEMBER: "INSERT", Role.WORKER: "SELECT, INSERT", Role.BATCH: "INSERT"},
            hidden=("facts",),
        ),
        desk_policies("notifications_letter"),
        desk_grants(
            "notifications_letter",
            "SELECT, INSERT, UPDATE (state, facts, printed_at, printed_by, sent_at)",
        ),
        household_owner("notifications_letter"),
        household_link("notifications_letter", "membership_id", "people_membership"),
        # A member asks whether their own address refuses mails, and says that it works again.
        shared_table("notifications_refusingaddress", grants={Role.WEB: "SELECT, DELETE"}),
        # A letter goes to whom no mail reaches.
        desk_grants("notifications_refusingaddress", "SELECT"),
    ]
