"""A draft may be published at a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0007_drafts")]

    operations = [
        migrations.AddField("draft", "publish_at", models.DateTimeField(null=True)),
    ]
