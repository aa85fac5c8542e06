"""Whether people are addressed as “je” was kept and spoken nowhere: docs/decisions.md says why it went."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dialogue_sessions", "0007_text_of_a_cluster")]

    operations = [migrations.RemoveField(model_name="dialoguesession", name="formal")]
