"""The desk's user signs staff in; nobody of the portal reads who works here."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, desk_grants, shared_table
from havre.foundation.db.roles import Role

_SHOWN = "id, first_name, last_name, language, roles, products, employers, intermediaries, state"


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
        ("audit", "0004_opening"),
        ("accounts", "0011_desk"),
    ]

    operations = [
        shared_table(
            "staff_staffmember",
            grants={
                Role.DESK_WEB: "SELECT, INSERT, UPDATE (email, first_name, last_name, language, roles,"
                " products, employers, intermediaries, state, password, invited_at,"
                " password_chosen_at, signed_in_at, ended_on)",
                Role.WORKER: "SELECT, INSERT, UPDATE",
            },
            audited=Recorded.ALL,
            hidden=("password",),
        ),
        # To name who decided, and to assign. Neither address nor password.
        desk_grants("staff_staffmember", f"SELECT ({_SHOWN})"),
        shared_table("staff_staffmember", grants={Role.EDITOR: f"SELECT ({_SHOWN})"}),
        shared_table(
            "staff_invitation",
            grants={
                Role.DESK_WEB: "SELECT, INSERT, UPDATE (used_at)",
                Role.WORKER: "SELECT, INSERT, UPDATE (used_at), DELETE",
            },
            audited=Recorded.ALL,
            hidden=("digest",),
        ),
        shared_table(
            "staff_session",
            grants={
                Role.DESK_WEB: "SELECT, INSERT, UPDATE, DELETE",
                Role.WORKER: "SELECT, DELETE",
            },
        ),
        shared_table(
            "staff_passkey",
            grants={
                Role.DESK_WEB: "SELECT, INSERT, UPDATE (sign_count, used_at), DELETE",
                Role.WORKER: "SELECT, DELETE",
            },
            audited=Recorded.ALL,
            hidden=("credential", "public_key"),
        ),
        shared_table(
            "staff_codeapp",
            grants={
                Role.DESK_WEB: "SELECT, INSERT, UPDATE (added_at, last_step, used_at), DELETE",
                Role.WORKER: "SELECT, DELETE",
            },
            audited=Recorded.ALL,
            hidden=("secret",),
        ),
        shared_table(
            "staff_recoverycode",
            grants={
                Role.DESK_WEB: "SELECT, INSERT, UPDATE (used_at), DELETE",
                Role.WORKER: "SELECT, DELETE",
            },
            audited=Recorded.ALL,
            hidden=("digest",),
        ),
        # Failures of staff and members are counted in one table of keyed hashes, under other keys.
        shared_table("accounts_throttle", grants={Role.DESK_WEB: "SELECT, INSERT, UPDATE, DELETE"}),
    ]
