"""The jurisdiction profile a casino goes by, from a gaming day on."""

import tablebank.store.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0015_signed_paper'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProfileRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('casino_id', models.UUIDField()),
                ('profile', models.TextField()),
                ('effective_from_gaming_day', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField()),
                ('reason', models.TextField(null=True)),
            ],
            options={
                'db_table': 'jurisdiction_profile',
                'indexes': [models.Index(fields=['casino_id', '-effective_from_gaming_day'], name='jurisdiction_profile_in_force')],
                'constraints': [tablebank.store.constraints.CasinoLink(column='casino_id', name='jurisdiction_profile_casino_link', to='casino'), tablebank.store.constraints.CasinoLink(column='recorded_by', name='jurisdiction_profile_recorded_by_link', to='staff'), models.CheckConstraint(condition=models.Q(('profile__in', ['GENERIC', 'WA_HOUSE_BANKED', 'NJ_STYLE', 'KS_OH_STYLE'])), name='jurisdiction_profile_profile_known')],
            },
        ),
    ]
