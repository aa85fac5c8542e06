"""An address that mail servers do not accept is kept with the person until there is another way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0007_choices_in_a_list")]
    operations = [
        migrations.AddField(
            "person",
            "unusable_email",
            models.CharField(blank=True, default="", editable=False, max_length=254),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(("unusable_email", ""), ("email", ""), _connector="OR"),
                name="person_unusable_email_without_email",
            ),
        ),
    ]
