"""What someone wants of what is new."""

from django.db import models


class MailPace(models.TextChoices):
    """How soon a mail tells it."""

    SOON = "soon", "tout de suite"
    DAILY = "daily", "une fois par jour"
    WEEKLY = "weekly", "une fois par semaine"
    NEVER = "never", "jamais"
