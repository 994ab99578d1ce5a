"""Where a post or a comment stands, and by which circuit it is published."""

from django.db import models


class Circuit(models.TextChoices):
    """How what contributors write comes to be read. Who manages the blog always publishes at once."""

    OPEN = "OPEN", "publié tout de suite"
    REVIEWED = "REVIEWED", "relu avant d’être publié"


class Talk(models.TextChoices):
    """Whether posts are commented, and by which circuit."""

    OFF = "OFF", "pas de commentaires"
    OPEN = "OPEN", "publiés tout de suite"
    REVIEWED = "REVIEWED", "relus avant d’être publiés"


class State(models.TextChoices):
    """Where a post stands. Only what is `PUBLISHED` is read by all."""

    DRAFT = "DRAFT", "brouillon"
    SUBMITTED = "SUBMITTED", "à relire"
    RETURNED = "RETURNED", "renvoyé"
    SCHEDULED = "SCHEDULED", "programmé"
    PUBLISHED = "PUBLISHED", "publié"


class Word(models.TextChoices):
    """Where a comment stands."""

    SUBMITTED = "SUBMITTED", "à relire"
    RETURNED = "RETURNED", "renvoyé"
    PUBLISHED = "PUBLISHED", "publié"


# The key of the kind of resource (`sharing.kinds`), of the space of its files (`documents.spaces`), and of the
# application.
BLOG = "blog"
