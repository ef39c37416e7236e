"""When a count began and what an eye read; snapshots and trials name the start (SNAP-4 to 6)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0002_slip_by_replacement'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountStart',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('table_id', models.UUIDField()),
                ('session_id', models.UUIDField()),
                ('kind', models.TextField()),
                ('started_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('started_by', models.UUIDField()),
                ('base_snapshot_id', models.UUIDField(null=True)),
                ('renews', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'count_start',
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('table_id', models.UUIDField()),
                ('session_id', models.UUIDField()),
                ('total_cents', models.BigIntegerField()),
                ('chipset', models.JSONField(null=True)),
                ('estimated_drop_cents', models.BigIntegerField(null=True)),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('observed_by', models.UUIDField()),
            ],
            options={
                'db_table': 'tray_observation',
            },
        ),
        migrations.AddField(
            model_name='snapshot',
            name='count_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='trial',
            name='count_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='trial',
            name='kind',
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('casino_id', 'session_id', 'count_id'), name='tray_snapshot_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=tablebank.store.constraints.CasinoLink(column='count_id', name='tray_snapshot_count_id_link', to='count_start'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=tablebank.store.constraints.CasinoLink(column='count_id', name='count_trial_count_id_link', to='count_start'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['OPENING', 'INTERIM', 'CLOSING', 'IDLE'])), name='count_trial_kind_known'),
        ),
        migrations.AddIndex(
            model_name='countstart',
            index=models.Index(fields=['casino_id', 'session_id'], name='count_start_by_session'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='count_start_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=models.UniqueConstraint(fields=('casino_id', 'renews'), name='count_start_renewed_once'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=tablebank.store.constraints.CasinoLink(column='table_id', name='count_start_table_id_link', to='gaming_table'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=tablebank.store.constraints.CasinoLink(column='session_id', name='count_start_session_id_link', to='table_session'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=tablebank.store.constraints.CasinoLink(column='started_by', name='count_start_started_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=tablebank.store.constraints.CasinoLink(column='base_snapshot_id', name='count_start_base_snapshot_id_link', to='tray_snapshot'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=tablebank.store.constraints.CasinoLink(column='renews', name='count_start_renews_link', to='count_start'),
        ),
        migrations.AddConstraint(
            model_name='countstart',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['OPENING', 'INTERIM', 'CLOSING', 'IDLE'])), name='count_start_kind_known'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['casino_id', 'session_id', '-occurred_at'], name='tray_observation_by_session'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=tablebank.store.constraints.CasinoLink(column='table_id', name='tray_observation_table_id_link', to='gaming_table'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=tablebank.store.constraints.CasinoLink(column='session_id', name='tray_observation_session_id_link', to='table_session'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=tablebank.store.constraints.CasinoLink(column='observed_by', name='tray_observation_observed_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('total_cents__gte', 0)), name='tray_observation_total_cents_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('estimated_drop_cents__gte', 0)), name='tray_observation_estimated_drop_cents_not_negative'),
        ),
    ]
