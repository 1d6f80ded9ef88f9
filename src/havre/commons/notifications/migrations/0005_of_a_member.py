"""The mails to a member are listed at the desk, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_desk")]

    operations = [
        migrations.AddIndex(
            "outgoingmail",
            models.Index(
                fields=["membership_id", "created_at", "id"], name="notifications_mails_to_member"
            ),
        ),
    ]
