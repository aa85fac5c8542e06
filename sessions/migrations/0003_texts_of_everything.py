# Texts per group, of the programme and of the report can be translated too, not only the meeting's own.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue_sessions', '0002_session_group_influence_known'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sessiontext',
            name='session_text_once',
        ),
        migrations.AddField(
            model_name='sessiontext',
            name='key',
            field=models.CharField(blank=True, default='', max_length=36),
        ),
        migrations.AddField(
            model_name='sessiontext',
            name='owner',
            field=models.CharField(choices=[('session', 'Session'), ('procedure', 'Procedure'), ('report', 'Report'), ('group', 'Group'), ('agenda', 'Agenda'), ('change', 'Change'), ('wish', 'Wish'), ('outcome', 'Outcome'), ('contribution', 'Contribution'), ('commitment', 'Commitment')], default='session', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='sessiontext',
            constraint=models.UniqueConstraint(fields=('session', 'owner', 'key', 'field', 'language'), name='session_text_once'),
        ),
        migrations.AddConstraint(
            model_name='sessiontext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), ('owner__in', ('session', 'procedure', 'report'))), models.Q(models.Q(('owner__in', ('session', 'procedure', 'report')), _negated=True), models.Q(('key', ''), _negated=True)), _connector='OR'), name='session_text_key_iff_many'),
        ),
        migrations.AddConstraint(
            model_name='sessiontext',
            constraint=models.CheckConstraint(condition=models.Q(('owner__in', ['session', 'procedure', 'report', 'group', 'agenda', 'change', 'wish', 'outcome', 'contribution', 'commitment'])), name='session_text_owner_known'),
        ),
    ]
