"""A list that is being looked at keeps in which language people abroad are told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0006_person_merged_into")]
    operations = [
        migrations.AddField("importdraft", "languages", models.JSONField(blank=True, default=dict)),
    ]
