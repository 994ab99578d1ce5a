from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("rollover", "0004_rehearsals_and_reports")]

    operations = [
        AddIndexConcurrently(
            model_name="decision",
            index=models.Index(fields=["place", "to_year"], name="decision_by_place"),
        ),
    ]
