"""The desk adds mails and jobs, and sees what became of a mail: never its address nor what it tells."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, shared_table
from havre.foundation.db.roles import DESK_ROLES, Role

ADDS_JOBS = f"""
DO $do$
DECLARE routine regprocedure;
BEGIN
    FOR routine IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'procrastinate_defer_jobs_v1'
    LOOP
        EXECUTE format(
            'GRANT EXECUTE ON FUNCTION %s TO {", ".join((Role.DESK_WEB, *DESK_ROLES))}', routine);
    END LOOP;
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_of_members")]

    operations = [
        migrations.RunSQL(ADDS_JOBS, migrations.RunSQL.noop),
        desk_grants(
            "notifications_outgoingmail",
            "INSERT, SELECT (id, kind, subject_key, household_id, membership_id, language, state,"
            " not_before, expires_at, attempts, created_at, sent_at)",
        ),
        shared_table("notifications_outgoingmail", grants={Role.DESK_WEB: "INSERT"}),
    ]
