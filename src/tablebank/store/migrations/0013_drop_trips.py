"""Drop trips, the boxes they left out, and how a removal stood to schedule and record (BOX)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_closed_gaming_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoxLeftOut',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('mount_id', models.UUIDField()),
                ('box_id', models.UUIDField()),
                ('table_id', models.UUIDField()),
                ('session_id', models.UUIDField()),
                ('trip_id', models.UUIDField(null=True)),
                ('gaming_day', models.DateField()),
                ('left_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'box_left_out',
            },
        ),
        migrations.CreateModel(
            name='DropTrip',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('gaming_day', models.DateField()),
                ('pits', models.JSONField()),
                ('due', models.JSONField()),
                ('surveillance', models.JSONField()),
                ('reason', models.TextField(null=True)),
                ('started_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('started_by', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_recorded_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'drop_trip',
            },
        ),
        migrations.AddIndex(
            model_name='droptrip',
            index=models.Index(fields=['casino_id', 'gaming_day'], name='drop_trip_by_day'),
        ),
        migrations.AddConstraint(
            model_name='droptrip',
            constraint=tablebank.store.constraints.CasinoLink(column='casino_id', name='drop_trip_casino_link', to='casino'),
        ),
        migrations.AddConstraint(
            model_name='droptrip',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='drop_trip_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='droptrip',
            constraint=tablebank.store.constraints.CasinoLink(column='started_by', name='drop_trip_started_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='droptrip',
            constraint=tablebank.store.constraints.CasinoLink(column='ended_by', name='drop_trip_ended_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='droptrip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_recorded_at__isnull', True), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('end_recorded_at__isnull', False), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='drop_trip_ends_whole'),
        ),
        migrations.RemoveConstraint(
            model_name='mount',
            name='box_mount_one_per_box',
        ),
        migrations.AddField(
            model_name='mount',
            name='hangs_twice',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='removal',
            name='custody_steps',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='removal',
            name='notices',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='removal',
            name='out_of_schedule',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='removal',
            name='replacement_unfit',
            field=models.TextField(null=True),
        ),
        migrations.AddIndex(
            model_name='removal',
            index=models.Index(fields=['casino_id', 'trip_id'], name='box_removal_by_trip'),
        ),
        migrations.AddConstraint(
            model_name='mount',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_off_at__isnull', True), ('hangs_twice', False)), fields=('casino_id', 'box_id'), name='box_mount_one_per_box'),
        ),
        migrations.AddConstraint(
            model_name='removal',
            constraint=tablebank.store.constraints.CasinoLink(column='trip_id', name='box_removal_trip_id_link', to='drop_trip'),
        ),
        migrations.AddConstraint(
            model_name='removal',
            constraint=models.CheckConstraint(condition=models.Q(('replacement_unfit__in', ['IN_USE', 'OF_ANOTHER_TABLE'])), name='box_removal_replacement_unfit_known'),
        ),
        migrations.AddIndex(
            model_name='boxleftout',
            index=models.Index(fields=['casino_id', 'mount_id'], name='box_left_out_by_mount'),
        ),
        migrations.AddConstraint(
            model_name='boxleftout',
            constraint=tablebank.store.constraints.CasinoLink(column='mount_id', name='box_left_out_mount_id_link', to='box_mount'),
        ),
        migrations.AddConstraint(
            model_name='boxleftout',
            constraint=tablebank.store.constraints.CasinoLink(column='box_id', name='box_left_out_box_id_link', to='drop_box'),
        ),
        migrations.AddConstraint(
            model_name='boxleftout',
            constraint=tablebank.store.constraints.CasinoLink(column='table_id', name='box_left_out_table_id_link', to='gaming_table'),
        ),
        migrations.AddConstraint(
            model_name='boxleftout',
            constraint=tablebank.store.constraints.CasinoLink(column='session_id', name='box_left_out_session_id_link', to='table_session'),
        ),
        migrations.AddConstraint(
            model_name='boxleftout',
            constraint=tablebank.store.constraints.CasinoLink(column='trip_id', name='box_left_out_trip_id_link', to='drop_trip'),
        ),
    ]
