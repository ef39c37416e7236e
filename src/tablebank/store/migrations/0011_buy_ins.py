"""Buy-ins noted at the table: telemetry (BASE-5)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0010_shifts_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='BuyIn',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('table_id', models.UUIDField()),
                ('session_id', models.UUIDField()),
                ('kind', models.TextField()),
                ('amount_cents', models.BigIntegerField()),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('noted_by', models.UUIDField()),
                ('supersedes', models.UUIDField(null=True)),
                ('reason', models.TextField(null=True)),
            ],
            options={
                'db_table': 'buy_in',
                'indexes': [models.Index(fields=['casino_id', 'session_id'], name='buy_in_by_session'), models.Index(fields=['casino_id', 'table_id', 'occurred_at'], name='buy_in_by_table')],
                'constraints': [models.UniqueConstraint(fields=('casino_id', 'id'), name='buy_in_of_casino'), models.UniqueConstraint(fields=('casino_id', 'supersedes'), name='buy_in_superseded_once'), tablebank.store.constraints.CasinoLink(column='table_id', name='buy_in_table_id_link', to='gaming_table'), tablebank.store.constraints.CasinoLink(column='session_id', name='buy_in_session_id_link', to='table_session'), tablebank.store.constraints.CasinoLink(column='noted_by', name='buy_in_noted_by_link', to='staff'), tablebank.store.constraints.CasinoLink(column='supersedes', name='buy_in_supersedes_link', to='buy_in'), models.CheckConstraint(condition=models.Q(('kind__in', ['CASH', 'CHECK', 'MARKER', 'VOUCHER'])), name='buy_in_kind_known'), models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0)), name='buy_in_amount_cents_not_negative'), models.CheckConstraint(condition=models.Q(('supersedes__isnull', False), ('amount_cents__gt', 0), _connector='OR'), name='buy_in_for_something'), models.CheckConstraint(condition=models.Q(('supersedes__isnull', True), ('reason__isnull', False), _connector='OR'), name='buy_in_corrected_for_a_reason')],
            },
        ),
    ]
