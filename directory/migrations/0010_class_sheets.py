import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_merges"),
        ("directory", "0009_those_who_left_a_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("counter", models.PositiveIntegerField(db_default=0, default=0)),
                ("link", models.CharField(max_length=64, unique=True)),
                ("by_day", models.BooleanField(db_default=True, default=True)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.UUIDField(blank=True, null=True)),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="directory.schoolclass",
                    ),
                ),
            ],
            options={
                "verbose_name": "feuille de connexion",
            },
        ),
        migrations.CreateModel(
            name="SheetPictures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.CharField(max_length=100)),
                ("given_at", models.DateTimeField()),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.user"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="directory.classsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "images d’un élève",
            },
        ),
        migrations.AddConstraint(
            model_name="classsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("school_class",),
                name="sheet_open_once_per_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetpictures",
            constraint=models.UniqueConstraint(fields=("sheet", "pupil"), name="pictures_once_per_sheet"),
        ),
    ]
