"""Commitments that stand in a report that was sent are published since that day."""

from django.db import migrations


def publish(apps, schema_editor):
    Report = apps.get_model("feedback", "Report")
    Commitment = apps.get_model("dialogue_sessions", "Commitment")
    for report in Report.objects.filter(status="sent").order_by("version").iterator():
        numbers = [row["number"] for row in (report.content or {}).get("commitments", [])]
        rows = Commitment.objects.filter(session=report.session_id, published_at=None)
        rows.filter(number__in=numbers).update(published_at=report.sent_at, told_in=report.version)
        # what was promised since stands on people's pages
        rows.filter(created_at__gt=report.sent_at).update(published_at=report.sent_at)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0002_report_copy_printed"),
        ("dialogue_sessions", "0004_commitment_published"),
    ]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
