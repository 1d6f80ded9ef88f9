from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worklist", "0002_guard")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="compartment",
            field=models.TextField(default="GENERAL"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(fields=["opened_at", "id"], name="worklist_oldest"),
        ),
    ]
