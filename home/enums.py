"""How much a notice weighs, and where it is in its life."""

from django.db import models


class Weight(models.TextChoices):
    """An important notice stands first, and stays there."""

    NORMAL = "NORMAL", "Normale"
    IMPORTANT = "HIGH", "Importante"


class Stage(models.TextChoices):
    """What a notice is today, as those who manage it read it."""

    DRAFT = "draft", "Brouillon"
    COMING = "coming", "Programmée"
    SHOWN = "shown", "Affichée"
    OVER = "over", "Terminée"
    WITHDRAWN = "withdrawn", "Retirée"
