from django.db import migrations, models

from havre.foundation.db.operations import desk_grants, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guard")]

    operations = [
        migrations.CreateModel(
            name="Published",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measured_on", models.DateField()),
                ("decided", models.IntegerField()),
                ("asked_twice", models.IntegerField()),
            ],
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["decided_at"], name="cases_case_decided_on")
        ),
        shared_table(
            "cases_published",
            grants={Role.MEMBER: "SELECT", Role.BATCH: "SELECT, INSERT, DELETE"},
        ),
        desk_grants("cases_published", "SELECT"),
    ]
