from django.db import models

from accounts.enums import Source


class RunState(models.TextChoices):
    """What became of one try at a feed. `running` is passing: a killed run is marked failed by the next."""

    RUNNING = "running", "en cours"
    APPLIED = "applied", "appliquée"
    DRY = "dry", "essai à blanc"
    REFUSED = "refused", "refusée"
    PARKED = "parked", "mise en attente"
    SUPERSEDED = "superseded", "remplacée"
    UNDONE = "undone", "annulée"
    FAILED = "failed", "échouée"


class Part(models.TextChoices):
    """What a set speaks for: families (pupils, relatives, classes) and staff come and wait apart."""

    FAMILIES = "F", "familles"
    STAFF = "S", "personnels"


class ParkCause(models.TextChoices):
    """Why records wait."""

    HELD = "held", "trop de départs dans l’école"
    FROZEN = "frozen", "gel d’été"
    HALTED = "halted", "bascule annulée, école en attente"


class PlanKind(models.TextChoices):
    SCHOOL = "schools", "écoles"
    CLASS = "classes", "classes"
    PUPIL = "pupils", "élèves"
    RELATIVE = "relatives", "parents"
    STAFF = "staff", "personnels"
    TIE = "ties", "liens"


class PlanAction(models.TextChoices):
    CREATED = "created", "créés"
    CHANGED = "changed", "modifiés"
    MOVED = "moved", "déplacés"
    RESTORED = "restored", "rétablis"
    ABSENT = "absent", "absents"
    UNCHANGED = "unchanged", "inchangés"


class SchoolRole(models.TextChoices):
    """What a run did with a school, for one part."""

    NAMED = "named", "concernée"
    HELD = "held", "retenue"
    PARKED = "parked", "en attente"
    TURNED = "turned", "passée à la nouvelle année"
    STALE = "stale", "fichier de l’année passée"
    SILENT = "silent", "annoncée sans fiche"


def tool_of(source: str) -> str:
    """The application where what a source says is put right."""
    return "SIECLE" if source == Source.AAF2D else "ONDE"
