from django.db import models


class ClassRole(models.TextChoices):
    """How a person belongs to a class."""

    PUPIL = "PUPIL", "élève"
    TEACHER = "TEACHER", "enseignant"


class GroupKind(models.TextChoices):
    """The first three are groups of scolarity, read from who belongs where; the last is edited by hand."""

    CLASS = "CLASS", "groupe de scolarité d’une classe"
    SCHOOL = "SCHOOL", "groupe de scolarité d’une école"
    DIRECTION = "DIRECTION", "direction de l’école"
    MANUAL = "MANUAL", "groupe manuel"


class Scope(models.TextChoices):
    """How far an administrator's rights go."""

    SCHOOL = "SCHOOL", "école"
    DISTRICT = "DISTRICT", "circonscription"
    ACADEMY = "ACADEMY", "académie"
    PLATFORM = "PLATFORM", "plateforme"

    @property
    def said(self) -> str:
        """« l’école », « la circonscription »."""
        return f"l’{self.label}" if self.label[0] in "aé" else f"la {self.label}"


class TieLimit(models.TextChoices):
    """What a director's decision does to a tie; it wins over the feed until lifted."""

    ENDED = "ENDED", "lien terminé"
    LIMITED = "LIMITED", "lien limité"


class ConsentBy(models.TextChoices):
    """Whose word on pictures it is; the strictest wins."""

    ONDE = "ONDE", "ONDE"
    SCHOOL = "SCHOOL", "école"
    RELATIVE = "RELATIVE", "responsable"


class Party(models.TextChoices):
    """Who writes and who is written to, in the rules of communication: a profile, or the direction."""

    DIRECTION = "DIRECTION", "direction"
    TEACHER = "TEACHER", "enseignants"
    STAFF = "STAFF", "personnels"
    PUPIL = "PUPIL", "élèves"
    RELATIVE = "RELATIVE", "parents"
    GUEST = "GUEST", "invités"


class Extent(models.TextChoices):
    """How far one party reaches another."""

    NOBODY = "NOBODY", "personne"
    CLASS = "CLASS", "sa classe"
    SCHOOL = "SCHOOL", "toute l’école"
