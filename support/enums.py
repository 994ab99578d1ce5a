"""Where a request stands, who has it, what it is about."""

from django.db import models

from directory.enums import Scope


class Level(models.IntegerChoices):
    """Who helps, the nearest first: each is a scope of administration."""

    SCHOOL = 1, "école"
    DISTRICT = 2, "circonscription"
    ACADEMY = 3, "académie"
    PLATFORM = 4, "plateforme"

    @property
    def scope(self) -> Scope:
        return Scope[self.name]

    @property
    def said(self) -> str:
        """« l’école », « la circonscription »."""
        return self.scope.said

    @property
    def to(self) -> str:
        """« à l’école », « à la circonscription »."""
        return f"à {self.said}"


class State(models.TextChoices):
    """Where a request stands."""

    NEW = "NEW", "nouvelle"
    TAKEN = "TAKEN", "en cours"
    WAITING = "WAITING", "attend une réponse"
    SOLVED = "SOLVED", "résolue"
    CLOSED = "CLOSED", "close"


OPEN = (State.NEW, State.TAKEN)  # somebody has to help
ENDED = (State.SOLVED, State.CLOSED)


class Category(models.TextChoices):
    """What kind of help is asked."""

    BUG = "BUG", "Quelque chose ne marche pas"
    HOW = "HOW", "Comment faire"
    ACCESS = "ACCESS", "Se connecter, mot de passe"
    RIGHTS = "RIGHTS", "Je ne vois pas ce que je devrais voir"
    DATA = "DATA", "Une erreur dans un nom, une classe, une école"
    IDEA = "IDEA", "Une suggestion"
    OTHER = "OTHER", "Autre chose"


class Urgency(models.IntegerChoices):
    """How much it presses, as whoever asks says it."""

    LOW = 1, "Rien ne presse"
    NORMAL = 2, "C’est gênant"
    HIGH = 3, "Je suis bloqué"


class Kind(models.TextChoices):
    """What stands in a conversation: what was said, a note that its author never sees, a step."""

    SAID = "SAID", "message"
    NOTE = "NOTE", "note interne"
    STEP = "STEP", "étape"


class Step(models.TextChoices):
    """What happened to a request, told in its conversation."""

    OPENED = "OPENED", "faite"
    TAKEN = "TAKEN", "suivie"
    GIVEN = "GIVEN", "confiée"
    DROPPED = "DROPPED", "laissée"
    STATE = "STATE", "changée d’état"
    PASSED = "PASSED", "transmise"
    BACK = "BACK", "rendue"
    REOPENED = "REOPENED", "rouverte"
    ENDED = "ENDED", "close"
