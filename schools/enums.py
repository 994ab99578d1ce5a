from django.db import models


class SchoolKind(models.TextChoices):
    """What a school teaches; says which levels it opens."""

    NURSERY = "NURSERY", "école maternelle"
    ELEMENTARY = "ELEMENTARY", "école élémentaire"
    PRIMARY = "PRIMARY", "école primaire"
    COLLEGE = "COLLEGE", "collège"


class Level(models.TextChoices):
    """A pupil's level, in school order (ONDE's codes)."""

    TPS = "TPS", "toute petite section"
    PS = "PS", "petite section"
    MS = "MS", "moyenne section"
    GS = "GS", "grande section"
    CP = "CP", "CP"
    CE1 = "CE1", "CE1"
    CE2 = "CE2", "CE2"
    CM1 = "CM1", "CM1"
    CM2 = "CM2", "CM2"
    ULIS = "ULIS", "ULIS"
