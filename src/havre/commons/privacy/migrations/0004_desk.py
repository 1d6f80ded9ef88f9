"""The desk reads what a member chose."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, desk_policies

_TABLES = ("privacy_consent", "privacy_noticechoice")


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_own_choices"), ("audit", "0004_opening")]

    operations = [
        *(desk_policies(table) for table in _TABLES),
        *(desk_grants(table, "SELECT") for table in _TABLES),
    ]
