from django.db import models

MEMO_BOOK = "memo_book"
SPACE = "memo"  # of the files that books keep


class BlockKind(models.TextChoices):
    """What a part of a page is."""

    TEXT = "TEXT", "texte"
    PICTURE = "PICTURE", "image"
    SOUND = "SOUND", "son"
    VIDEO = "VIDEO", "vidéo"
    LINK = "LINK", "lien"


class Cover(models.TextChoices):
    """The colours of covers: keys of the look's `data-cover`."""

    VIOLET = "violet", "violet"
    BLUE = "blue", "bleu"
    TEAL = "teal", "turquoise"
    GREEN = "green", "vert"
    YELLOW = "yellow", "jaune"
    ORANGE = "orange", "orange"
    CORAL = "coral", "corail"


class Drawing(models.TextChoices):
    """The drawings of covers: names of the look's sprite."""

    STAR = "star", "étoile"
    SUN = "sun", "soleil"
    MOON = "moon", "lune"
    TREE = "tree", "arbre"
    FLOWER = "flower", "fleur"
    APPLE = "apple", "pomme"
    BIRD = "bird", "oiseau"
    CAT = "cat", "chat"
    FOX = "fox", "renard"
    FISH = "fish", "poisson"
    SNAIL = "snail", "escargot"
    BOAT = "boat", "bateau"
    BALL = "ball", "ballon"
    HOUSE = "house", "maison"
    MEMO = "memo", "cahier"
