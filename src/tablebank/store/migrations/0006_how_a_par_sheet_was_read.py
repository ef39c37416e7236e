"""Which sheet of a workbook was imported, and what was answered where it had to be asked (PAR-8).

What came before is not known to have been asked: null.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0005_par_sheets_and_proposals'),
    ]

    operations = [
        migrations.AddField(
            model_name='parimport',
            name='sheet_name',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='parimport',
            name='answers',
            field=models.JSONField(null=True),
        ),
    ]
