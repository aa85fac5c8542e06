"""Two thirds that an advice was promised, or that stands in a mailing put ready, stays two thirds."""

from django.db import migrations


def keep(apps, schema_editor):
    DecisionProcedure = apps.get_model("dialogue_sessions", "DecisionProcedure")
    advised = DecisionProcedure.objects.filter(session__decides="advice", quorum=None)
    told = advised.filter(method__in=["no_objection", "vote", "other"]).exclude(session__status="draft")
    told.update(was_two_thirds=True)


class Migration(migrations.Migration):
    dependencies = [("dialogue_sessions", "0009_was_two_thirds")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
