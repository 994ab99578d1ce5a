import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial"), ("core", "0003_contents_and_uploads")]

    operations = [
        migrations.AddField(
            model_name="school",
            name="fed_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.CreateModel(
            name="SchoolSettings",
            fields=[
                ("school", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="chosen_settings", serialize=False, to="schools.school")),
                ("message", models.TextField(blank=True, db_default="", default="", max_length=600)),
                ("message_profiles", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ("message_until", models.DateField(blank=True, null=True)),
                ("quiet", models.BooleanField(db_default=True, default=True)),
                ("quiet_from", models.TimeField(default=datetime.time(20, 0))),
                ("quiet_until", models.TimeField(default=datetime.time(7, 0))),
                ("quiet_weekends", models.BooleanField(db_default=True, default=True)),
                ("logo", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.blob")),
            ],
            options={
                "verbose_name": "réglages d’une école",
                "constraints": [models.CheckConstraint(condition=models.Q(("message", ""), ("message_until__isnull", False), _connector="OR"), name="school_message_has_an_end")],
            },
        ),
        migrations.CreateModel(
            name="ApplicationOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("application", models.CharField(max_length=40)),
                ("profile", models.CharField(max_length=8)),
                ("school", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="schools.school")),
            ],
            options={
                "verbose_name": "application fermée",
                "constraints": [models.UniqueConstraint(fields=("school", "profile", "application"), name="application_off_once")],
            },
        ),
    ]
