from django.db import models

HOMEWORK_BOOK = "homework_book"
LIAISON_BOOK = "liaison_book"


class Stage(models.TextChoices):
    """Where an entry of a notebook is: its writers' alone, or its readers' too."""

    DRAFT = "DRAFT", "brouillon"
    PUBLISHED = "PUBLISHED", "publié"


class WordState(models.TextChoices):
    """Where a word to relatives is: written, sent, or asking nothing any more."""

    DRAFT = "DRAFT", "brouillon"
    SENT = "SENT", "envoyé"
    CLOSED = "CLOSED", "clos"


class Asks(models.TextChoices):
    """What a word asks of each legal relative."""

    SIGNATURE = "SIGN", "lu et signé"
    ANSWER = "ANSWER", "autorisation (oui ou non)"
