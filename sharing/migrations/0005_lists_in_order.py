"""What was given at one instant comes in the order of the lists."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('sharing', '0004_withdrawn_grants_by_the_thousand')]

    operations = [
        migrations.RemoveIndex(
            model_name='grant',
            name='grant_by_person',
        ),
        migrations.RemoveIndex(
            model_name='grant',
            name='grant_by_group',
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person', 'given_at', 'resource'], name='grant_by_person'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('group__isnull', False)), fields=['group', 'given_at', 'resource'], include=('year',), name='grant_by_group'),
        ),
    ]
