"""Mails about an account can be withdrawn with it."""

from django.db import migrations, models

from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_guard"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail", name="membership_id", field=models.UUIDField(null=True)
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("state__in", ["QUEUED", "FAILED"])),
                fields=["membership_id"],
                name="notifications_mail_of_member",
            ),
        ),
        shared_table(
            "notifications_outgoingmail",
            grants={Role.BATCH: "SELECT (membership_id, state), UPDATE (state, facts)"},
        ),
    ]
