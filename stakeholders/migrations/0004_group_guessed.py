"""A group nobody has named is kept apart from one somebody chose."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0003_fill_sort_key")]
    operations = [
        migrations.AddField("organisation", "group_guessed", models.BooleanField(default=False, editable=False)),
        migrations.AddField("person", "group_guessed", models.BooleanField(default=False, editable=False)),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(("group_guessed", False), ("group__isnull", False), _connector="OR"),
                name="organisation_guess_has_group",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(("group_guessed", False), ("group__isnull", False), _connector="OR"),
                name="person_guess_has_group",
            ),
        ),
    ]
