"""What is set aside costs no more than its row and one key; the table was never filled before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_indexes_of_lists")]

    operations = [
        migrations.DeleteModel("WithdrawnGrant"),
        migrations.CreateModel(
            name="WithdrawnGrant",
            fields=[
                ("pk", models.CompositePrimaryKey("withdrawal_id", "grant_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("withdrawal", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="grants", to="sharing.withdrawal")),
                ("grant_id", models.BigIntegerField()),
                ("resource_id", models.BigIntegerField()),
                ("role", models.PositiveSmallIntegerField(choices=[(1, "Consulter"), (2, "Commenter"), (3, "Contribuer"), (4, "Gérer")])),
                ("person_id", models.BigIntegerField(blank=True, null=True)),
                ("group_id", models.BigIntegerField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("given_by", models.UUIDField()),
                ("given_at", models.DateTimeField()),
                ("origins", models.JSONField(default=list)),
            ],
            options={"verbose_name": "partage retiré"},
        ),
        migrations.CreateModel(
            name="LostTitle",
            fields=[
                ("resource_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=255)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "titre d’une production supprimée"},
        ),
    ]
