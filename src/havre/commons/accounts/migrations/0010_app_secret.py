"""The secret of an app for codes is written once, and its app is nobody else's later."""

from django.db import migrations

from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_life")]

    operations = [
        migrations.RunSQL(
            [
                f"REVOKE UPDATE ON accounts_codeapp FROM {Role.WEB}",
                f"GRANT UPDATE (added_at, last_step, used_at) ON accounts_codeapp TO {Role.WEB}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
