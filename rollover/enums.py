from django.db import models


class Choice(models.TextChoices):
    """What becomes of a share that ends with the year; the label is what was done."""

    KEEP = "KEEP", "gardé"
    ENTRUST = "ENTRUST", "confié"
    LET_GO = "LET_GO", "laissé"
