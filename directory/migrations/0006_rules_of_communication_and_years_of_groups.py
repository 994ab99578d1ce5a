import django.db.models.deletion
from django.db import migrations, models

PARTIES = [
    ("DIRECTION", "direction"),
    ("TEACHER", "enseignants"),
    ("STAFF", "personnels"),
    ("PUPIL", "élèves"),
    ("RELATIVE", "parents"),
    ("GUEST", "invités"),
]
EXTENTS = [("NOBODY", "personne"), ("CLASS", "sa classe"), ("SCHOOL", "toute l’école")]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_indexes_that_doubled_others"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="CommunicationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(choices=PARTIES, max_length=9)),
                ("whom", models.CharField(choices=PARTIES, max_length=9)),
                ("extent", models.CharField(choices=EXTENTS, max_length=6)),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="schools.school"
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de communication",
                "constraints": [
                    models.UniqueConstraint(fields=("school", "who", "whom"), name="communication_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extent__in", [extent for extent, _ in EXTENTS]),
                            ("who__in", [party for party, _ in PARTIES]),
                            ("whom__in", [party for party, _ in PARTIES]),
                            models.Q(("who", "DIRECTION"), _negated=True),
                            models.Q(("who", "RELATIVE"), ("whom", "RELATIVE"), _negated=True),
                        ),
                        name="communication_rule_known",
                    ),
                ],
            },
        ),
    ]
