"""An adult is given an adherent number of their own by a job."""

from django.db import migrations

from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("people", "0004_own_contact")]

    operations = [
        migrations.RunSQL(
            f"GRANT INSERT ON people_directory TO {Role.WORKER}", migrations.RunSQL.noop
        ),
    ]
