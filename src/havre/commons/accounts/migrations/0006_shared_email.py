"""An address that two adults share needs a person to tell them apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_factors")]

    operations = [
        migrations.AlterField(
            "openingreview",
            "reason",
            models.TextField(
                choices=[
                    ("NO_EMAIL_ON_FILE", "NO_EMAIL_ON_FILE"),
                    ("ANOTHER_EMAIL", "ANOTHER_EMAIL"),
                    ("SHARED_EMAIL", "SHARED_EMAIL"),
                ]
            ),
        ),
    ]
