"""Whose an exception is, who has seen it, and of which cause it is (FIND-3, FIND-5)."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_closed_gaming_days'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['casino_id', 'staff_id', 'signed_at'], name='signature_by_person'),
        ),
        migrations.AddField(
            model_name='finding',
            name='assigned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='assigned_to',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='cause_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='seen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='seen_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['casino_id', 'cause_id'], name='finding_by_cause'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('casino_id', 'id'), name='finding_of_casino'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=tablebank.store.constraints.CasinoLink(column='assigned_to', name='finding_assigned_to_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=tablebank.store.constraints.CasinoLink(column='seen_by', name='finding_seen_by_link', to='staff'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=tablebank.store.constraints.CasinoLink(column='cause_id', name='finding_cause_id_link', to='finding'),
        ),
    ]
