"""The history's one writer: a trigger function that runs as the owner, so that nobody can forge a row."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, household_table
from havre.foundation.db.roles import Role

# `current_setting('role')` still names the caller inside a SECURITY DEFINER function. Statement-level
# with transition tables: one call a statement, however many rows it changed.
RECORD = """
CREATE FUNCTION audit_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    hidden text[] := coalesce(TG_ARGV::text[], '{}');
    who jsonb := coalesce(nullif(current_setting('havre.actor', true), '')::jsonb, '{}');
    as_role text := coalesce(nullif(current_setting('role', true), 'none'), session_user);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.audit_change
            (table_name, row_id, household_id, operation, role, actor, channel, purpose, after)
        SELECT TG_TABLE_NAME, j->>'id', (j->>'household_id')::uuid, TG_OP, as_role,
               who->>'actor', who->>'channel', who->>'purpose', j - hidden
        FROM (SELECT to_jsonb(n) AS j FROM new_rows n) AS rows;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.audit_change
            (table_name, row_id, household_id, operation, role, actor, channel, purpose, before)
        SELECT TG_TABLE_NAME, j->>'id', (j->>'household_id')::uuid, TG_OP, as_role,
               who->>'actor', who->>'channel', who->>'purpose', j - hidden
        FROM (SELECT to_jsonb(o) AS j FROM old_rows o) AS rows;
    ELSE
        -- A row whose id changed has no counterpart: it is told as one that goes and one that comes.
        INSERT INTO public.audit_change
            (table_name, row_id, household_id, operation, role, actor, channel, purpose, before, after)
        SELECT TG_TABLE_NAME, coalesce(n, o)->>'id', (coalesce(n, o)->>'household_id')::uuid, TG_OP,
               as_role, who->>'actor', who->>'channel', who->>'purpose',
               (SELECT jsonb_object_agg(key, value) FROM jsonb_each(o - hidden)
                WHERE n->key IS DISTINCT FROM value),
               (SELECT jsonb_object_agg(key, value) FROM jsonb_each(n - hidden)
                WHERE o->key IS DISTINCT FROM value)
        FROM (SELECT to_jsonb(a) AS o, to_jsonb(b) AS n
              FROM old_rows a FULL JOIN new_rows b ON a.id = b.id) AS rows
        WHERE o IS DISTINCT FROM n;
    END IF;
    RETURN NULL;
END $body$
"""
KEEP = """
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'insufficient_privilege';
END $body$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                RECORD,
                KEEP,
                "REVOKE ALL ON FUNCTION audit_record() FROM PUBLIC",
                "CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit_change "
                "FOR EACH ROW EXECUTE FUNCTION audit_keep()",
                "CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit_change "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_keep()",
            ],
            migrations.RunSQL.noop,
        ),
        household_table(
            "audit_reading",
            grants={Role.MEMBER: "SELECT, INSERT", Role.WORKER: "SELECT"},
            audited=Recorded.NOTHING,
        ),
    ]
