"""A password of three pictures out of twelve, for whoever cannot read yet.

Thirteen hundred of them are soon tried: they are kept from guessing by the limits of `attempts.py`, open a
session of low assurance alone, and are sealed by a key kept outside the database: a slow hash would not hold
for so few, and no copy of the database gives one away. They stand apart from the password, which does not
change.
"""

import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.db import models

LENGTH = 3


class Picture(models.TextChoices):
    """What may be chosen: a drawing of its name (`d-…` among ours), and the word that is read aloud."""

    APPLE = "apple", "pomme"
    BALL = "ball", "ballon"
    BOAT = "boat", "bateau"
    CAT = "cat", "chat"
    FISH = "fish", "poisson"
    FLOWER = "flower", "fleur"
    HOUSE = "house", "maison"
    KEY = "key", "clé"
    MOON = "moon", "lune"
    STAR = "star", "étoile"
    SUN = "sun", "soleil"
    TREE = "tree", "arbre"


def drawn() -> list[Picture]:
    """Three pictures at random, all different: easier to tell and to remember."""
    return secrets.SystemRandom().sample(list(Picture), LENGTH)


def seal(pictures: Sequence[Picture]) -> str:
    """What is kept of these pictures in their order: never the same twice."""
    salt = secrets.token_hex(8)
    return f"{salt}${_sealed(salt, pictures)}"


def fits(pictures: Sequence[Picture], sealed: str) -> bool:
    """Whether these are the pictures sealed, in constant time; nothing fits an empty seal."""
    salt, _, kept = sealed.partition("$")
    return bool(kept) and hmac.compare_digest(_sealed(salt, pictures), kept)


def read(names: Sequence[str]) -> list[Picture]:
    """The pictures that a form names; none where one of them is unknown."""
    return [Picture(name) for name in names] if set(names) <= set(Picture.values) else []


def _sealed(salt: str, pictures: Sequence[Picture]) -> str:
    told = f"pictures:{salt}:{'+'.join(pictures)}"
    return hmac.new(settings.CARTABLE_CODE_KEY.encode(), told.encode(), sha256).hexdigest()
