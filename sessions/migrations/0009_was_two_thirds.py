"""With an advice an empty quorum now means no minimum; a row can say that people were told otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue_sessions", "0008_without_formal")]

    operations = [
        migrations.AddField(
            model_name="decisionprocedure",
            name="was_two_thirds",
            field=models.BooleanField(default=False),
        )
    ]
