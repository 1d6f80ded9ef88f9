"""What the desk does with members' accounts: everything but signing in. No password hash, no secret."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_app_secret")]

    operations = [
        desk_grants(
            "accounts_account",
            "SELECT (id, household_id, membership_id, person_id, number_key, state, language,"
            " opened_at, password_chosen_at, email_confirmed_at, confirmed_email, signed_in_at,"
            " signed_in_zone, previous_sign_in_at, previous_sign_in_zone, factors_answered_at,"
            " closed_for, closed_at, closed_by, access_ends_on),"
            " INSERT,"
            " UPDATE (number_key, state, language, email_confirmed_at, confirmed_email, closed_for,"
            " closed_at, closed_by, access_ends_on)",
        ),
        desk_grants(
            "accounts_provisionalsecret",
            "SELECT (id, account_id, issued_at, expires_at, used_at), INSERT, UPDATE (used_at), DELETE",
        ),
        desk_grants("accounts_emailcode", "SELECT (id, account_id, sent_at, used_at), DELETE"),
        desk_grants("accounts_termsacceptance", "SELECT"),
        desk_grants(
            "accounts_session",
            "SELECT (handle, account_id, began_at, used_at, zone, browser, system, expire_date), DELETE",
        ),
        desk_grants(
            "accounts_knowndevice",
            "SELECT (id, account_id, first_seen_at, last_seen_at, remembered_until, browser, system),"
            " DELETE",
        ),
        desk_grants("accounts_passkey", "SELECT (id, account_id, name, added_at, used_at), DELETE"),
        desk_grants("accounts_codeapp", "SELECT (id, account_id, added_at, used_at), DELETE"),
        desk_grants("accounts_recoverycode", "SELECT (id, account_id, made_at, used_at), DELETE"),
        desk_grants(
            "accounts_openingreview",
            "SELECT, UPDATE (state, proof, decided_by, decided_at, effective_at)",
        ),
        desk_grants(
            "accounts_changenotice", "SELECT (id, account_id, change, told_at, expires_at, used_at)"
        ),
        desk_grants(
            "accounts_securityreport", "SELECT, UPDATE (state, proof, closed_by, closed_at)"
        ),
        shared_table("django_migrations", grants={Role.DESK_WEB: "SELECT"}),
    ]
