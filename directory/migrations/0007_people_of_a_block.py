from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_rules_of_communication_and_years_of_groups")]

    operations = [
        migrations.AddField(
            model_name="block",
            name="people",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
