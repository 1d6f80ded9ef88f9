"""Accounts looked after at the desk: closed, restored, given another address by two persons.

The desk may set no password: one function forgets it, and can do nothing else.
"""

from django.db import migrations, models

import havre.foundation.ids
from havre.commons.accounts.words import ReviewState
from havre.foundation.db.fields import SealedField, choices_of
from havre.foundation.db.operations import Recorded, desk_grants, shared_table
from havre.foundation.db.roles import DESK_ROLES, Role

FORGET = """
CREATE FUNCTION accounts_forget_password(wanted uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
    UPDATE public.accounts_account SET password = ''
    WHERE id = wanted AND state IN ('SUSPENDED', 'DISABLED', 'DELETED')
$body$
"""
_MAY = ", ".join((*DESK_ROLES, Role.WORKER))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_desk")]

    operations = [
        migrations.CreateModel(
            name="EmailChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=havre.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("membership_id", models.UUIDField()),
                ("email", SealedField()),
                ("channel", models.TextField()),
                ("state", models.TextField(choices=choices_of(ReviewState), default="WAITING")),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["membership_id"], name="accounts_email_change")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "WAITING")),
                        fields=("membership_id",),
                        name="one_email_change_waiting",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="EFFECTIVE")
                        | ~models.Q(proposed_by=models.F("decided_by")),
                        name="two_persons_change_an_email",
                    ),
                ],
            },
        ),
        shared_table(
            "accounts_emailchange",
            grants={
                # Whoever issues a provisional password asks whether one may.
                **dict.fromkeys(
                    (Role.WEB, Role.MEMBER, Role.WORKER, Role.BATCH),
                    "SELECT (id, membership_id, held_until)",
                ),
            },
            audited=Recorded.ALL,
        ),
        desk_grants(
            "accounts_emailchange",
            "SELECT, INSERT, UPDATE (state, decided_by, decided_at, held_until)",
        ),
        migrations.RunSQL(
            [
                FORGET,
                "REVOKE ALL ON FUNCTION accounts_forget_password(uuid) FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION accounts_forget_password(uuid) TO {_MAY}",
            ],
            "DROP FUNCTION accounts_forget_password(uuid)",
        ),
        desk_grants(
            "accounts_account",
            "UPDATE (password_chosen_at, signed_in_at, signed_in_zone, previous_sign_in_at,"
            " previous_sign_in_zone, factors_answered_at)",
        ),
        desk_grants("accounts_changenotice", "INSERT, DELETE"),
        desk_grants("accounts_knowndevice", "UPDATE (remembered_until)"),
    ]
