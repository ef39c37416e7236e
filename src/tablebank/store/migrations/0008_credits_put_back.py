"""Find the credits whose chips came back to a table without reading all of its slips (BASE-4)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0007_comments_on_proposals'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='slip',
            index=models.Index(condition=models.Q(('kind', 'CREDIT'), ('status', 'VOIDED')), fields=['casino_id', 'table_id', 'tray_instant'], name='slip_put_back'),
        ),
    ]
