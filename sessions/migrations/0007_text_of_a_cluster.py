# The names of groups taken together stand in the figures people get back.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue_sessions', '0006_question_told'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sessiontext',
            name='session_text_owner_known',
        ),
        migrations.AlterField(
            model_name='sessiontext',
            name='owner',
            field=models.CharField(choices=[('session', 'Session'), ('procedure', 'Procedure'), ('report', 'Report'), ('group', 'Group'), ('agenda', 'Agenda'), ('change', 'Change'), ('wish', 'Wish'), ('cluster', 'Cluster'), ('outcome', 'Outcome'), ('contribution', 'Contribution'), ('commitment', 'Commitment')], default='session', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='sessiontext',
            constraint=models.CheckConstraint(condition=models.Q(('owner__in', ['session', 'procedure', 'report', 'group', 'agenda', 'change', 'wish', 'cluster', 'outcome', 'contribution', 'commitment'])), name='session_text_owner_known'),
        ),
    ]
