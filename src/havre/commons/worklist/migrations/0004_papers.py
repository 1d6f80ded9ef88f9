"""How many papers came with what waits, and how many of them the antivirus has yet to see."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worklist", "0003_compartment")]

    operations = [
        migrations.AddField("workitem", "papers", models.IntegerField(default=0, db_default=0)),
        migrations.AddField("workitem", "scanning", models.IntegerField(default=0, db_default=0)),
    ]
