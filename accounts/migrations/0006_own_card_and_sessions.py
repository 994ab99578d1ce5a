"""What people say of themselves (photo, drawing, motto), and their open sessions as they may know them."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_merges"),
        ("core", "0003_contents_and_uploads"),
    ]

    operations = [
        migrations.AddField(
            "user",
            "photo",
            models.ForeignKey(
                "core.blob",
                on_delete=django.db.models.deletion.PROTECT,
                null=True,
                blank=True,
                related_name="+",
                db_index=False,
            ),
        ),
        migrations.AddField(
            "user",
            "drawing",
            models.CharField(
                "dessin",
                max_length=12,
                choices=[
                    ("fox", "renard"),
                    ("bird", "oiseau"),
                    ("snail", "escargot"),
                    ("boat", "bateau"),
                    ("cat", "chat"),
                    ("fish", "poisson"),
                    ("flower", "fleur"),
                    ("tree", "arbre"),
                    ("apple", "pomme"),
                    ("ball", "ballon"),
                    ("house", "maison"),
                    ("star", "étoile"),
                    ("sun", "soleil"),
                    ("moon", "lune"),
                ],
                blank=True,
                default="",
                db_default="",
            ),
        ),
        migrations.AddField(
            "user",
            "motto",
            models.CharField("devise", max_length=100, blank=True, default="", db_default=""),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(photo__isnull=True) | ~models.Q(profile="PUPIL"), name="photo_of_an_adult"
            ),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(drawing="") | models.Q(profile="PUPIL"), name="drawing_of_a_pupil"
            ),
        ),
        migrations.AddIndex(
            "user",
            models.Index(fields=["photo"], condition=models.Q(photo__isnull=False), name="user_photo"),
        ),
        migrations.CreateModel(
            "OpenSession",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4,
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        unique=True,
                        editable=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("seal", models.CharField(max_length=64)),
                ("device", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("used_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "session ouverte",
                "ordering": ["-used_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=["key"], name="open_session_once")],
                "indexes": [models.Index(fields=["used_at"], name="open_session_used")],
            },
        ),
    ]
