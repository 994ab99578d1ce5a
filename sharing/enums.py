from django.db import models


class Role(models.IntegerChoices):
    """What a grant allows: a ladder, each step holds those below."""

    READ = 1, "Consulter"
    COMMENT = 2, "Commenter"
    CONTRIBUTE = 3, "Contribuer"
    MANAGE = 4, "Gérer"


class Reason(models.TextChoices):
    """Why a set of grants ended together."""

    ROLLOVER = "ROLLOVER", "changement d’année"
    REMOVED = "REMOVED", "partage retiré"
    GROUP_DELETED = "GROUP_DELETED", "groupe supprimé"
    ERASED = "ERASED", "compte supprimé"
    UNDONE_FEED = "UNDONE_FEED", "alimentation annulée"
