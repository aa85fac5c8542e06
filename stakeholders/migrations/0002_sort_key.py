"""Lists stand in one alphabetical order on every database: names get a sort key without accents."""

from django.db import migrations, models

from dialoog.kernel.db import SortKeyField


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0001_initial")]
    operations = [
        migrations.AddField("organisation", "sort_key", SortKeyField()),
        migrations.AddField("person", "sort_key", SortKeyField()),
        migrations.RemoveIndex("person", "person_by_name"),
        migrations.AddIndex("person", models.Index(fields=["workspace", "sort_key"], name="person_by_sort_key")),
    ]
