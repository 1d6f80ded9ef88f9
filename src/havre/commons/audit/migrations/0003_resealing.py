"""Sealed values can be put under a new key without a trace of the old one, by the owner alone.

The text they seal stays what it was: so nothing is recorded, and history takes the new sealing in place
of the old. ``session_user`` is who signed in to the database, whatever roles were taken since.
"""

from importlib import import_module

from django.db import migrations

RESEALING = "session_user = 'havre_owner' AND current_setting('havre.resealing', true) = 'yes'"
_before = import_module("havre.commons.audit.migrations.0002_guard")


def _replace(function: str, opening: str, guard: str) -> str:
    head, body = function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").split(opening, 1)
    return f"{head}{opening}{guard}{body}"


RECORD = _replace(_before.RECORD, "BEGIN\n", f"    IF {RESEALING} THEN RETURN NULL; END IF;\n")
KEEP = _replace(
    _before.KEEP,
    "BEGIN\n",
    f"    IF TG_OP = 'UPDATE' AND {RESEALING} THEN RETURN NEW; END IF;\n",
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guard")]

    operations = [
        migrations.RunSQL([RECORD, KEEP], migrations.RunSQL.noop),
    ]
