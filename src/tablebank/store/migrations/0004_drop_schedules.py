"""When boxes are dropped, by pit (BOX-3); and what was done to a thing of the house, found by it."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0003_counting_the_tray'),
    ]

    operations = [
        migrations.CreateModel(
            name='DropScheduleRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('effective_from_gaming_day', models.DateField()),
                ('pit', models.TextField(null=True)),
                ('at', models.JSONField()),
                ('window_minutes', models.IntegerField()),
                ('grace_minutes', models.IntegerField()),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('reason', models.TextField(null=True)),
            ],
            options={
                'db_table': 'drop_schedule',
            },
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=models.Index(condition=models.Q(('session_id__isnull', True)), fields=['casino_id', 'subject_id', 'number'], name='journal_entry_by_subject'),
        ),
        migrations.AddIndex(
            model_name='dropschedulerow',
            index=models.Index(fields=['casino_id', '-effective_from_gaming_day'], name='drop_schedule_in_force'),
        ),
        migrations.AddConstraint(
            model_name='dropschedulerow',
            constraint=tablebank.store.constraints.CasinoLink(column='casino_id', name='drop_schedule_casino_link', to='casino'),
        ),
        migrations.AddConstraint(
            model_name='dropschedulerow',
            constraint=tablebank.store.constraints.CasinoLink(column='recorded_by', name='drop_schedule_recorded_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='dropschedulerow',
            constraint=models.CheckConstraint(condition=models.Q(('window_minutes__gte', 0)), name='drop_schedule_window_minutes_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='dropschedulerow',
            constraint=models.CheckConstraint(condition=models.Q(('grace_minutes__gte', 0)), name='drop_schedule_grace_minutes_not_negative'),
        ),
    ]
