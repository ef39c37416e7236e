"""Signed remarks on sessions, slips and exceptions (RUN-10)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0008_credits_put_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('subject_type', models.TextField()),
                ('subject_id', models.UUIDField()),
                ('session_id', models.UUIDField(null=True)),
                ('table_id', models.UUIDField(null=True)),
                ('text', models.TextField()),
                ('reference', models.TextField(null=True)),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
            ],
            options={
                'db_table': 'remark',
                'indexes': [models.Index(fields=['casino_id', 'subject_id'], name='remark_by_subject'), models.Index(fields=['casino_id', 'session_id'], name='remark_by_session')],
                'constraints': [tablebank.store.constraints.CasinoLink(column='casino_id', name='remark_casino_link', to='casino'), tablebank.store.constraints.CasinoLink(column='session_id', name='remark_session_id_link', to='table_session'), tablebank.store.constraints.CasinoLink(column='table_id', name='remark_table_id_link', to='gaming_table'), tablebank.store.constraints.CasinoLink(column='recorded_by', name='remark_recorded_by_link', to='staff'), models.CheckConstraint(condition=models.Q(('subject_type__in', ['session', 'slip', 'exception'])), name='remark_subject_type_known'), models.CheckConstraint(condition=models.Q(('text__regex', '^\\s*$'), _negated=True), name='remark_says_something')],
            },
        ),
    ]
