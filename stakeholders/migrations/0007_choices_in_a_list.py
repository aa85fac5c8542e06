"""A list that is looked at keeps in which language people abroad are told, and which rows are one person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0006_person_merged_into")]
    operations = [
        migrations.AddField("importdraft", "languages", models.JSONField(blank=True, default=dict)),
        migrations.AddField("importdraft", "same", models.JSONField(blank=True, default=list)),
    ]
