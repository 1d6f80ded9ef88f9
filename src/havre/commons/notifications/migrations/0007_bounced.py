"""A mail that comes back is told by its name; no other goes to an address that refuses for good."""

from django.db import migrations, models

from havre.commons.notifications.words import MailState
from havre.foundation.db.fields import choices_of
from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_given_up")]

    operations = [
        migrations.AlterField(
            "outgoingmail",
            "state",
            models.TextField(choices=choices_of(MailState), default=MailState.QUEUED),
        ),
        migrations.AddField("outgoingmail", "message_name", models.TextField(null=True)),
        migrations.AddIndex(
            "outgoingmail",
            models.Index(fields=["message_name"], name="notifications_mail_by_name"),
        ),
        migrations.CreateModel(
            name="RefusingAddress",
            fields=[
                ("address", models.BinaryField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
        shared_table(
            "notifications_refusingaddress", grants={Role.WORKER: "SELECT, INSERT, DELETE"}
        ),
    ]
