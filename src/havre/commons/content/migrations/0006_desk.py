"""The desk reads what is published, as everybody does."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, shared_table
from havre.foundation.db.roles import Role

_TABLES = ("content_legaltext", "content_version", "content_file")


class Migration(migrations.Migration):
    dependencies = [("content", "0005_consent_text")]

    operations = [
        *(desk_grants(table, "SELECT") for table in _TABLES),
        *(shared_table(table, grants={Role.DESK_WEB: "SELECT"}) for table in _TABLES),
    ]
