"""A choice about notices is changed, never moved to somebody else."""

from django.db import migrations

from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_guard")]

    operations = [
        migrations.RunSQL(
            [
                f"REVOKE UPDATE ON privacy_noticechoice FROM {Role.MEMBER}",
                f"GRANT UPDATE (wanted, changed_at) ON privacy_noticechoice TO {Role.MEMBER}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
