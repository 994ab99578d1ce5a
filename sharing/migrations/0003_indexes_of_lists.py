"""Indexes that give what reaches someone the last given first, and grants by resource."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('sharing', '0002_reach')]

    operations = [
        migrations.RemoveIndex(
            model_name='grant',
            name='grant_by_person',
        ),
        migrations.RemoveIndex(
            model_name='grant',
            name='grant_by_group',
        ),
        migrations.RemoveIndex(
            model_name='resource',
            name='resource_by_ancestor',
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person', 'given_at'], include=('resource',), name='grant_by_person'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('group__isnull', False)), fields=['group', 'given_at'], include=('resource', 'year'), name='grant_by_group'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['resource'], name='grant_by_resource'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['ancestors'], name='resource_by_ancestor'),
        ),
    ]
