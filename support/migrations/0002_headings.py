"""A request is found by its subject and by who asked, as by what is said in it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.db import migrations, models

FILL = """
update support_ticketmessage m
set heading = t.subject || ' ' || t.author_name,
    veiled_heading = case when t.veiled_from is null then '' else t.veiled_subject end
from support_ticket t
where t.id = m.ticket_id and m.kind = 'SAID' and m.id = (
  select min(o.id) from support_ticketmessage o where o.ticket_id = t.id and o.kind = 'SAID' and o.at is not null)
"""


def words(heading, text):
    said = django.db.models.functions.text.Concat(heading, models.Value(" "), text, output_field=models.TextField())
    return models.GeneratedField(
        db_persist=True,
        expression=models.Func(
            said, function="support_words", output_field=django.contrib.postgres.search.SearchVectorField()
        ),
        output_field=django.contrib.postgres.search.SearchVectorField(),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='ticketmessage', name='ticket_message_words'),
        migrations.RemoveIndex(model_name='ticketmessage', name='ticket_message_veiled_words'),
        migrations.RemoveField(model_name='ticketmessage', name='words'),
        migrations.RemoveField(model_name='ticketmessage', name='veiled_words'),
        migrations.AddField('ticketmessage', 'heading', models.TextField(blank=True, default="", db_default="")),
        migrations.AddField('ticketmessage', 'veiled_heading', models.TextField(blank=True, default="", db_default="")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddField('ticketmessage', 'words', words('heading', 'text')),
        migrations.AddField('ticketmessage', 'veiled_words', words('veiled_heading', 'veiled_text')),
        migrations.AddIndex(
            'ticketmessage',
            django.contrib.postgres.indexes.GinIndex(fields=['words'], name='ticket_message_words'),
        ),
        migrations.AddIndex(
            'ticketmessage',
            django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(('veiled_text', ''), _negated=True),
                fields=['veiled_words'],
                name='ticket_message_veiled_words',
            ),
        ),
    ]
