"""Rundowns of shifts kept like reports, and hand-overs signed by two supervisors (SHIFT)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0009_remarks'),
    ]

    operations = [
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('shift_id', models.UUIDField()),
                ('shift_code', models.TextField()),
                ('gaming_day', models.DateField()),
                ('outgoing_id', models.UUIDField()),
                ('incoming_id', models.UUIDField()),
                ('remark', models.TextField(null=True)),
                ('journal_number', models.BigIntegerField()),
                ('content', models.JSONField()),
                ('content_sha256', models.TextField()),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'hand_over',
                'indexes': [models.Index(fields=['casino_id', 'shift_id'], name='hand_over_by_shift')],
                'constraints': [tablebank.store.constraints.CasinoLink(column='casino_id', name='hand_over_casino_link', to='casino'), models.UniqueConstraint(fields=('casino_id', 'journal_number'), name='hand_over_one_at_a_time'), tablebank.store.constraints.CasinoLink(column='outgoing_id', name='hand_over_outgoing_id_link', to='staff'), tablebank.store.constraints.CasinoLink(column='incoming_id', name='hand_over_incoming_id_link', to='staff'), models.CheckConstraint(condition=models.Q(('journal_number__gte', 0)), name='hand_over_journal_number_not_negative'), models.CheckConstraint(condition=models.Q(('outgoing_id', models.F('incoming_id')), _negated=True), name='hand_over_two_people')],
            },
        ),
        migrations.CreateModel(
            name='ShiftRundown',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('shift_id', models.UUIDField()),
                ('shift_code', models.TextField()),
                ('gaming_day', models.DateField()),
                ('revision', models.IntegerField()),
                ('replaces', models.UUIDField(null=True)),
                ('report_ids', models.JSONField()),
                ('content', models.JSONField()),
                ('content_sha256', models.TextField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'shift_rundown',
                'constraints': [models.UniqueConstraint(fields=('casino_id', 'id'), name='shift_rundown_of_casino'), tablebank.store.constraints.CasinoLink(column='casino_id', name='shift_rundown_casino_link', to='casino'), models.UniqueConstraint(fields=('casino_id', 'shift_id', 'revision'), name='shift_rundown_revision_taken'), models.UniqueConstraint(fields=('casino_id', 'replaces'), name='shift_rundown_replaced_once'), tablebank.store.constraints.CasinoLink(column='replaces', name='shift_rundown_replaces_link', to='shift_rundown')],
            },
        ),
    ]
