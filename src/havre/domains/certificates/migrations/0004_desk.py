"""Certificates as the desk sees and gives them."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, desk_policies


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_revoked_for_good"), ("audit", "0004_opening")]

    operations = [
        desk_policies("certificates_certificate"),
        desk_grants("certificates_certificate", "SELECT, INSERT"),
    ]
