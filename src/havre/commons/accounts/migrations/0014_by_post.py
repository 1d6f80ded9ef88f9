"""A provisional password may come by post, in a letter that the desk printed."""

from django.db import migrations, models

from havre.foundation.db.operations import desk_grants


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_narrowed")]

    operations = [
        migrations.AddField("provisionalsecret", "by_post", models.BooleanField(default=False)),
        desk_grants("accounts_provisionalsecret", "SELECT (by_post)"),
    ]
