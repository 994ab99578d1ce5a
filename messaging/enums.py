"""Where a message stands, for whom it is, in which box someone holds it."""

from django.db import models


class State(models.TextChoices):
    """Where a message stands. Only what is `SENT` is in the boxes of others."""

    DRAFT = "DRAFT", "brouillon"
    PLANNED = "PLANNED", "programmé"
    HELD = "HELD", "attend d’être relu"
    SENDING = "SENDING", "envoi en cours"
    SENT = "SENT", "envoyé"


class Line(models.TextChoices):
    """How a recipient is addressed. Who is in hidden copy is known to the author alone."""

    TO = "TO", "à"
    COPY = "COPY", "copie"
    HIDDEN = "HIDDEN", "copie cachée"


class Box(models.TextChoices):
    """Where someone holds a message: what they received, what they wrote, what they are writing."""

    RECEIVED = "IN", "Reçus"
    SENT = "OUT", "Envoyés"
    DRAFTS = "DRAFT", "Brouillons"


class Reason(models.TextChoices):
    """Why someone reports a message."""

    UNKIND = "UNKIND", "Il est blessant, ou menaçant"
    SHOCKING = "SHOCKING", "Son contenu est choquant, ou interdit"
    UNWANTED = "UNWANTED", "On m’écrit sans cesse, malgré mon refus"
    STOLEN = "STOLEN", "Ce n’est sans doute pas cette personne qui l’a écrit"
    OTHER = "OTHER", "Autre chose"
