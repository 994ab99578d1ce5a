from django.db import models


class Profile(models.TextChoices):
    """What a person is here; one account has one profile."""

    TEACHER = "TEACHER", "enseignant"
    STAFF = "STAFF", "personnel"
    PUPIL = "PUPIL", "élève"
    RELATIVE = "RELATIVE", "parent"
    GUEST = "GUEST", "invité"


class Source(models.TextChoices):
    """Where a row comes from; a feed can only miss its own."""

    AAF1D = "AAF1D", "AAF 1D"
    AAF2D = "AAF2D", "AAF 2D"
    ONDE_CSV = "ONDE_CSV", "ONDE CSV"
    MANUAL = "MANUAL", "Manuel"


class JoiningKind(models.TextChoices):
    """The kind that a joining key belongs to: keys are unique per academy and kind."""

    PUPIL = "P", "élève"
    RELATIVE = "R", "responsable"
    STAFF = "S", "personnel"


class Lifecycle(models.TextChoices):
    """Where an account stands; derived from its dates, never stored."""

    ACTIVE = "active", "actif"
    NEVER_ACTIVATED = "never_activated", "jamais activé"
    ABSENT = "absent", "absent de l’alimentation"
    PRE_DELETED = "pre_deleted", "pré-supprimé"


class Drawing(models.TextChoices):
    """What a pupil may be drawn as, where an adult puts a photo: a drawing of its name among ours."""

    FOX = "fox", "renard"
    BIRD = "bird", "oiseau"
    SNAIL = "snail", "escargot"
    BOAT = "boat", "bateau"
    CAT = "cat", "chat"
    FISH = "fish", "poisson"
    FLOWER = "flower", "fleur"
    TREE = "tree", "arbre"
    APPLE = "apple", "pomme"
    BALL = "ball", "ballon"
    HOUSE = "house", "maison"
    STAR = "star", "étoile"
    SUN = "sun", "soleil"
    MOON = "moon", "lune"
