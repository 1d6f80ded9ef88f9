"""A search by provider reads the household's lines in their order, as every other search does."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("health", "0004_search")]

    operations = [migrations.RemoveIndex("line", "line_of_provider")]
