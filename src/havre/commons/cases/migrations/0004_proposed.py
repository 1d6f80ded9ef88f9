"""A decision that the first of two persons would give; a correction makes a request everybody's again."""

from django.db import migrations, models

from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_published")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.TextField(
                choices=[
                    ("PROPOSED", "PROPOSED"),
                    ("PENDING", "PENDING"),
                    ("DONE", "DONE"),
                    ("UNDONE", "UNDONE"),
                    ("FAILED", "FAILED"),
                ],
                default="PENDING",
            ),
        ),
        shared_table("cases_case", grants={Role.MEMBER: "UPDATE (second_of)"}),
    ]
