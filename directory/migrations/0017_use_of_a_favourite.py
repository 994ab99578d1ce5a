from django.db import migrations, models
from django.db.models.functions import Now


def begin_to_count(apps, schema_editor):
    """Those that are there may have been used yesterday: nobody is told otherwise before a year has passed."""
    apps.get_model("directory", "Favourite").objects.update(used_at=Now())


class Migration(migrations.Migration):
    dependencies = [("directory", "0016_functions_and_teachers")]

    operations = [
        migrations.AddField(
            model_name="favourite",
            name="used_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="favouriteentry",
            name="profile",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.RunPython(begin_to_count, migrations.RunPython.noop),
    ]
