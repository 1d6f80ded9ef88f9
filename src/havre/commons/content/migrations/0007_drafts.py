"""What the desk's editors write before it is published, and who published a legal text."""

from django.db import migrations, models

import havre.foundation.ids
from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("content", "0006_desk")]

    operations = [
        migrations.AddField("legaltext", "author", models.TextField(default="", db_default="")),
        migrations.CreateModel(
            name="Draft",
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
                ("kind", models.TextField()),
                ("author", models.TextField()),
                ("step", models.IntegerField()),
                ("base", models.IntegerField(null=True)),
                ("seen", models.IntegerField()),
                ("document", models.JSONField()),
                ("files", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "author", "step"), name="one_draft_a_kind_author_and_step"
                    )
                ],
            },
        ),
        # A draft is nobody's fact: it is changed at will, and the version that it becomes is recorded.
        shared_table("content_draft", grants={Role.EDITOR: "SELECT, INSERT, DELETE"}),
    ]
