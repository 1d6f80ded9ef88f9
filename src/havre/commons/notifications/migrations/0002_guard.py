"""The outbox, and the queue that empties it: whoever asks may add a job, only the worker reads one."""

from django.db import migrations

from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role

ADDS_JOBS = (Role.WEB, Role.PUBLIC, Role.MEMBER, Role.WORKER, Role.BATCH)

# The function's name may change with a release of procrastinate: a test asks for it.
CLOSE_QUEUE = f"""
DO $do$
DECLARE routine regprocedure; relation regclass;
BEGIN
    FOR routine IN SELECT oid::regprocedure FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', routine);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {Role.WORKER}', routine);
    END LOOP;
    FOR routine IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'procrastinate_defer_jobs_v1'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', routine);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {", ".join(ADDS_JOBS)}', routine);
    END LOOP;
    FOR relation IN SELECT oid::regclass FROM pg_class
        WHERE relname LIKE 'procrastinate\\_%' AND relkind IN ('r', 'S')
          AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('GRANT ALL ON %s TO {Role.WORKER}', relation);
    END LOOP;
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(CLOSE_QUEUE, migrations.RunSQL.noop),
        shared_table(
            "notifications_outgoingmail",
            grants={
                Role.WEB: "INSERT",
                Role.PUBLIC: "INSERT",
                Role.MEMBER: "INSERT",
                Role.BATCH: "INSERT",
                Role.WORKER: "SELECT, INSERT, UPDATE",
            },
        ),
    ]
