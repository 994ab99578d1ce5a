from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_distinct_people")]

    operations = [
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["school"],
                condition=Q(ended_on__isnull=False),
                name="attachment_ended_by_school",
            ),
        ),
    ]
