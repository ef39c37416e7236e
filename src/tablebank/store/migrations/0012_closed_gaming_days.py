"""Gaming days that accounting closed, as they were signed (DAY-1)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0011_buy_ins'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayClose',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('gaming_day', models.DateField()),
                ('revision', models.IntegerField()),
                ('replaces', models.UUIDField(null=True)),
                ('reason', models.TextField(null=True)),
                ('content', models.JSONField()),
                ('content_sha256', models.TextField()),
                ('closed_at', models.DateTimeField()),
                ('closed_by', models.UUIDField()),
            ],
            options={
                'db_table': 'gaming_day_close',
                'constraints': [models.UniqueConstraint(fields=('casino_id', 'id'), name='gaming_day_close_of_casino'), models.UniqueConstraint(fields=('casino_id', 'gaming_day', 'revision'), name='gaming_day_close_revision_taken'), models.CheckConstraint(condition=models.Q(models.Q(('replaces__isnull', True), ('revision', 1)), models.Q(('reason__isnull', False), ('replaces__isnull', False), ('revision__gt', 1)), _connector='OR'), name='gaming_day_close_says_why_again'), tablebank.store.constraints.CasinoLink(column='replaces', name='gaming_day_close_replaces_link', to='gaming_day_close'), tablebank.store.constraints.CasinoLink(column='closed_by', name='gaming_day_close_closed_by_link', to='staff')],
            },
        ),
    ]
