import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("schools", "0002_settings")]

    operations = [
        migrations.CreateModel(
            name="SchoolAllowance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("profile", models.CharField(choices=[("TEACHER", "enseignant"), ("STAFF", "personnel"), ("PUPIL", "élève"), ("RELATIVE", "parent"), ("GUEST", "invité")], max_length=8)),
                ("limit", models.BigIntegerField()),
                ("school", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="schools.school")),
            ],
            options={
                "verbose_name": "espace de stockage d’une école",
                "constraints": [
                    models.UniqueConstraint(fields=("school", "profile"), name="school_allowance_once"),
                    models.CheckConstraint(condition=models.Q(("limit__gte", 0)), name="school_allowance_counts_bytes"),
                ],
            },
        ),
    ]
