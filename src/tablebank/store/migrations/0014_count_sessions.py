"""Count sessions, what is entered in them, and the manifests by number (SOFT-4, SOFT-7)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0013_drop_trips'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('count_session_id', models.UUIDField()),
                ('box_id', models.UUIDField()),
                ('removal_id', models.UUIDField(null=True)),
                ('revision', models.IntegerField()),
                ('contents', models.JSONField()),
                ('total_cents', models.BigIntegerField()),
                ('first_count_cents', models.BigIntegerField()),
                ('second_count_cents', models.BigIntegerField()),
                ('evidence', models.JSONField()),
                ('reported_exceptions', models.JSONField()),
                ('file_id', models.UUIDField(null=True)),
                ('entered_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('entered_by', models.UUIDField()),
                ('withdrawn', models.BooleanField()),
            ],
            options={
                'db_table': 'count_entry',
            },
        ),
        migrations.CreateModel(
            name='CountFile',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('count_session_id', models.UUIDField()),
                ('sha256', models.TextField()),
                ('file_name', models.TextField(null=True)),
                ('layout', models.TextField()),
                ('outcome', models.JSONField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
            ],
            options={
                'db_table': 'count_file',
            },
        ),
        migrations.CreateModel(
            name='CountSession',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('gaming_day', models.DateField()),
                ('batch_id', models.TextField()),
                ('team', models.JSONField()),
                ('surveillance', models.JSONField(null=True)),
                ('tester', models.JSONField(null=True)),
                ('started_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('started_by', models.UUIDField()),
                ('posted_at', models.DateTimeField(null=True)),
                ('posted_by', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'count_session',
            },
        ),
        migrations.CreateModel(
            name='CountVerification',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('count_session_id', models.UUIDField()),
                ('total_cents', models.BigIntegerField()),
                ('verified_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('verified_by', models.UUIDField()),
            ],
            options={
                'db_table': 'count_verification',
            },
        ),
        migrations.CreateModel(
            name='ManifestLine',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('count_id', models.UUIDField()),
                ('removal_id', models.UUIDField()),
                ('place', models.IntegerField()),
                ('form', models.TextField()),
                ('number', models.TextField()),
                ('amount_cents', models.BigIntegerField(null=True)),
                ('table_named', models.TextField(null=True)),
            ],
            options={
                'db_table': 'manifest_line',
            },
        ),
        migrations.AddField(
            model_name='count',
            name='count_session_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='count',
            name='expected_forms',
            field=models.JSONField(null=True),
        ),
        migrations.AddIndex(
            model_name='count',
            index=models.Index(fields=['casino_id', 'count_session_id'], name='soft_count_by_session'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=tablebank.store.constraints.CasinoLink(column='count_session_id', name='soft_count_count_session_id_link', to='count_session'),
        ),
        migrations.AddIndex(
            model_name='countentry',
            index=models.Index(fields=['casino_id', 'removal_id'], name='count_entry_by_removal'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='count_entry_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=models.UniqueConstraint(fields=('casino_id', 'count_session_id', 'box_id', 'revision'), name='count_entry_revision_taken'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=tablebank.store.constraints.CasinoLink(column='count_session_id', name='count_entry_count_session_id_link', to='count_session'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=tablebank.store.constraints.CasinoLink(column='box_id', name='count_entry_box_id_link', to='drop_box'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=tablebank.store.constraints.CasinoLink(column='removal_id', name='count_entry_removal_id_link', to='box_removal'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=tablebank.store.constraints.CasinoLink(column='file_id', name='count_entry_file_id_link', to='count_file'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=tablebank.store.constraints.CasinoLink(column='entered_by', name='count_entry_entered_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=models.CheckConstraint(condition=models.Q(('total_cents__gte', 0)), name='count_entry_total_cents_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=models.CheckConstraint(condition=models.Q(('first_count_cents__gte', 0)), name='count_entry_first_count_cents_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='countentry',
            constraint=models.CheckConstraint(condition=models.Q(('second_count_cents__gte', 0)), name='count_entry_second_count_cents_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='countfile',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='count_file_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='countfile',
            constraint=models.UniqueConstraint(fields=('casino_id', 'count_session_id', 'sha256'), name='count_file_read_once'),
        ),
        migrations.AddConstraint(
            model_name='countfile',
            constraint=tablebank.store.constraints.CasinoLink(column='count_session_id', name='count_file_count_session_id_link', to='count_session'),
        ),
        migrations.AddConstraint(
            model_name='countfile',
            constraint=tablebank.store.constraints.CasinoLink(column='recorded_by', name='count_file_recorded_by_link', to='staff'),
        ),
        migrations.AddIndex(
            model_name='countsession',
            index=models.Index(fields=['casino_id', 'gaming_day'], name='count_session_by_day'),
        ),
        migrations.AddConstraint(
            model_name='countsession',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='count_session_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='countsession',
            constraint=models.UniqueConstraint(fields=('casino_id', 'batch_id'), name='count_session_batch_taken'),
        ),
        migrations.AddConstraint(
            model_name='countsession',
            constraint=tablebank.store.constraints.CasinoLink(column='started_by', name='count_session_started_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='countsession',
            constraint=tablebank.store.constraints.CasinoLink(column='posted_by', name='count_session_posted_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='countsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('posted_at__isnull', True), ('posted_by__isnull', True)), models.Q(('posted_at__isnull', False), ('posted_by__isnull', False)), _connector='OR'), name='count_session_posted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='countverification',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='count_verification_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='countverification',
            constraint=models.UniqueConstraint(fields=('casino_id', 'count_session_id'), name='count_verification_once'),
        ),
        migrations.AddConstraint(
            model_name='countverification',
            constraint=tablebank.store.constraints.CasinoLink(column='count_session_id', name='count_verification_count_session_id_link', to='count_session'),
        ),
        migrations.AddConstraint(
            model_name='countverification',
            constraint=tablebank.store.constraints.CasinoLink(column='verified_by', name='count_verification_verified_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='countverification',
            constraint=models.CheckConstraint(condition=models.Q(('total_cents__gte', 0)), name='count_verification_total_cents_not_negative'),
        ),
        migrations.AddIndex(
            model_name='manifestline',
            index=models.Index(fields=['casino_id', 'number'], name='manifest_line_by_number'),
        ),
        migrations.AddConstraint(
            model_name='manifestline',
            constraint=models.UniqueConstraint(fields=('casino_id', 'count_id', 'place'), name='manifest_line_once_each'),
        ),
        migrations.AddConstraint(
            model_name='manifestline',
            constraint=tablebank.store.constraints.CasinoLink(column='count_id', name='manifest_line_count_id_link', to='soft_count'),
        ),
        migrations.AddConstraint(
            model_name='manifestline',
            constraint=tablebank.store.constraints.CasinoLink(column='removal_id', name='manifest_line_removal_id_link', to='box_removal'),
        ),
    ]
