"""Why an account is closed, since when and by whom; when access ends."""

from django.db import migrations, models

from havre.commons.accounts.words import AccountState, ClosedFor
from havre.foundation.db.fields import choices_of
from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role

_OPEN = ["OPENING", "ACTIVE"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_recovery_code_used"),
        ("notifications", "0003_of_members"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="state",
            field=models.TextField(
                choices=choices_of(AccountState), default=AccountState["OPENING"]
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="closed_for",
            field=models.TextField(choices=choices_of(ClosedFor), null=True),
        ),
        migrations.AddField(
            model_name="account", name="closed_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="account", name="closed_by", field=models.TextField(null=True)
        ),
        migrations.AddField(
            model_name="account", name="access_ends_on", field=models.DateField(null=True)
        ),
        migrations.RunSQL(
            "UPDATE accounts_account SET closed_for = 'REPORTED', closed_at = now(),"
            " closed_by = 'owner' WHERE state = 'SUSPENDED'",
            migrations.RunSQL.noop,
        ),
        # Rows changed above have checks waiting, before which no constraint can be added.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=_OPEN, closed_for=None)
                | (~models.Q(state__in=_OPEN) & models.Q(closed_for__isnull=False)),
                name="a_closed_account_says_why",
            ),
        ),
        shared_table(
            "accounts_account",
            grants={
                Role.WEB: "UPDATE (closed_for, closed_at, closed_by, access_ends_on)",
                Role.BATCH: "SELECT (id, household_id, person_id, state, password_chosen_at,"
                " closed_for, closed_by, access_ends_on),"
                " UPDATE (state, closed_for, closed_at, closed_by, access_ends_on)",
            },
        ),
        shared_table(
            "accounts_provisionalsecret",
            grants={
                Role.WORKER: "DELETE",
                Role.BATCH: "SELECT (account_id, used_at), UPDATE (used_at)",
            },
        ),
        shared_table("accounts_emailcode", grants={Role.WORKER: "DELETE"}),
        shared_table("accounts_knowndevice", grants={Role.BATCH: "SELECT (account_id), DELETE"}),
        shared_table("accounts_session", grants={Role.BATCH: "SELECT (account_id), DELETE"}),
    ]
