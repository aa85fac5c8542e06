"""The sort keys of the names there are."""

from typing import Any

from django.db import migrations

from dialoog.kernel.alphabet import sort_key


def fill(apps: Any, schema_editor: Any) -> None:
    for name in ("Organisation", "Person"):
        rows = apps.get_model("stakeholders", name).objects.filter(sort_key="")
        for row in rows.only("pk", "name").iterator(chunk_size=2000):
            rows.model.objects.filter(pk=row.pk).update(sort_key=sort_key(row.name)[:400])


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0002_sort_key")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
