"""The desk opens an account without a word on its password, or on when anybody signed in."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants
from havre.foundation.db.roles import DESK_ROLES


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_looked_after")]

    operations = [
        migrations.RunSQL(
            [
                # What opens nothing, so that whoever opens an account need not write there.
                "ALTER TABLE accounts_account ALTER COLUMN password SET DEFAULT ''",
                f"REVOKE INSERT ON accounts_account FROM {', '.join(DESK_ROLES)}",
            ],
            migrations.RunSQL.noop,
        ),
        desk_grants(
            "accounts_account",
            "INSERT (id, household_id, membership_id, person_id, number_key, language, state,"
            " opened_at)",
        ),
    ]
