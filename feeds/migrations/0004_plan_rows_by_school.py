from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("feeds", "0003_plan_rows_unchecked")]

    operations = [
        AddIndexConcurrently(
            model_name="planrow",
            index=models.Index(fields=["school_id", "run"], name="plan_row_by_school"),
        ),
    ]
