import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_merges"),
        ("directory", "0007_people_of_a_block"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistinctPeople",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "personnes distinctes",
                "verbose_name_plural": "personnes distinctes",
                "constraints": [
                    models.UniqueConstraint(fields=["first", "second"], name="distinct_people_once"),
                    models.CheckConstraint(
                        condition=models.Q(first__lt=models.F("second")), name="distinct_people_in_order"
                    ),
                ],
            },
        ),
    ]
