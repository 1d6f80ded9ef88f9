"""Letters wait too, to be printed and posted."""

from django.db import migrations, models

from havre.commons.worklist.words import Source
from havre.foundation.db.fields import choices_of


class Migration(migrations.Migration):
    dependencies = [("worklist", "0004_papers")]

    operations = [
        migrations.AlterField("workitem", "source", models.TextField(choices=choices_of(Source))),
    ]
