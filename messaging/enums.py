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


class Sign(models.TextChoices):
    """By what an account writes like a stolen one."""

    LIMIT = "LIMIT", "a atteint le nombre de personnes que l’on joint en une heure"
    BURST = "BURST", "a écrit en une heure à plus de monde que dans le mois d’avant"
    SAME = "SAME", "a envoyé le même texte à beaucoup de personnes, une par une"


class Reason(models.TextChoices):
    """Why someone reports a message."""

    UNKIND = "UNKIND", "Il est blessant, ou menaçant"
    SHOCKING = "SHOCKING", "Son contenu est choquant, ou interdit"
    UNWANTED = "UNWANTED", "On m’écrit sans cesse, malgré mon refus"
    STOLEN = "STOLEN", "Ce n’est sans doute pas cette personne qui l’a écrit"
    OTHER = "OTHER", "Autre chose"
