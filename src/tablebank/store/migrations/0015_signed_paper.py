"""What was entered from signed paper, and credits whose chips travel with the request (BACK-1, SLIP-2)."""


import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0014_count_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('session_id', models.UUIDField(null=True)),
                ('table_id', models.UUIDField(null=True)),
                ('form', models.TextField()),
                ('form_number', models.TextField()),
                ('signed_by', models.JSONField()),
                ('reason', models.TextField()),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
            ],
            options={
                'db_table': 'paper_entry',
            },
        ),
        migrations.RemoveConstraint(
            model_name='numberseries',
            name='number_series_form_known',
        ),
        migrations.AddField(
            model_name='slip',
            name='request_first',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['F', 'C', 'R', 'O', 'K', 'PF', 'PC', 'PR', 'PO', 'PK'])), name='number_series_form_known'),
        ),
        migrations.AddIndex(
            model_name='paperentry',
            index=models.Index(fields=['casino_id', 'session_id'], name='paper_entry_by_session'),
        ),
        migrations.AddConstraint(
            model_name='paperentry',
            constraint=models.UniqueConstraint(fields=('casino_id', 'subject_id'), name='paper_entry_one_per_fact'),
        ),
        migrations.AddConstraint(
            model_name='paperentry',
            constraint=tablebank.store.constraints.CasinoLink(column='session_id', name='paper_entry_session_id_link', to='table_session'),
        ),
        migrations.AddConstraint(
            model_name='paperentry',
            constraint=tablebank.store.constraints.CasinoLink(column='table_id', name='paper_entry_table_id_link', to='gaming_table'),
        ),
        migrations.AddConstraint(
            model_name='paperentry',
            constraint=tablebank.store.constraints.CasinoLink(column='recorded_by', name='paper_entry_recorded_by_link', to='staff'),
        ),
    ]
