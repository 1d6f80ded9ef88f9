"""Care that is told to nobody else: a mark of the line, and two categories that are so by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("health", "0002_guard")]

    operations = [
        migrations.AddField("line", "sensitive", models.BooleanField(default=False)),
        migrations.AlterField(
            "line",
            "category",
            models.TextField(
                choices=[
                    ("HOSPITAL", "HOSPITAL"),
                    ("GENERAL_PRACTITIONER", "GENERAL_PRACTITIONER"),
                    ("SPECIALIST", "SPECIALIST"),
                    ("NURSING", "NURSING"),
                    ("PHARMACY", "PHARMACY"),
                    ("LABORATORY", "LABORATORY"),
                    ("OPTICAL", "OPTICAL"),
                    ("DENTAL", "DENTAL"),
                    ("MATERNITY", "MATERNITY"),
                    ("MENTAL_HEALTH", "MENTAL_HEALTH"),
                    ("SEXUAL_HEALTH", "SEXUAL_HEALTH"),
                    ("PREVENTION", "PREVENTION"),
                    ("COMPLEMENTARY", "COMPLEMENTARY"),
                    ("TRANSPORT", "TRANSPORT"),
                    ("OTHER", "OTHER"),
                ]
            ),
        ),
    ]
