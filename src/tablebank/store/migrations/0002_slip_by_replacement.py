"""Find the voided slip that another one replaces without reading all of them (SLIP-3)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0001_first_tables'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='slip',
            index=models.Index(condition=models.Q(('replaced_by__isnull', False)), fields=['casino_id', 'replaced_by'], name='slip_by_replacement'),
        ),
    ]
