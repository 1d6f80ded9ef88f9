"""The desk sends again what was given up, or gives it up for good."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_of_a_member")]

    operations = [
        desk_grants("notifications_outgoingmail", "UPDATE (state, not_before, attempts, facts)"),
    ]
