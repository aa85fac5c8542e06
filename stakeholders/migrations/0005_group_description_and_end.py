"""A group may say who belongs to it, and one of a workspace's own may end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0004_group_guessed")]
    operations = [
        migrations.AddField(
            "stakeholdergroup",
            "description",
            models.CharField(blank=True, max_length=300, verbose_name="who belongs to it"),
        ),
        migrations.AddField(
            "stakeholdergroup", "retired_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddConstraint(
            "stakeholdergroup",
            models.CheckConstraint(
                condition=models.Q(("retired_at__isnull", True), ("key", ""), _connector="OR"),
                name="group_seeded_stays",
            ),
        ),
    ]
