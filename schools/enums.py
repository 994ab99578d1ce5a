from django.db import models


class SchoolKind(models.TextChoices):
    """What a school teaches; says which levels it opens."""

    NURSERY = "NURSERY", "école maternelle"
    ELEMENTARY = "ELEMENTARY", "école élémentaire"
    PRIMARY = "PRIMARY", "école primaire"
    COLLEGE = "COLLEGE", "collège"


class Level(models.TextChoices):
    """A pupil's level, in school order (ONDE's codes, then those of the *collège*)."""

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
    SIXIEME = "6EME", "6e"
    CINQUIEME = "5EME", "5e"
    QUATRIEME = "4EME", "4e"
    TROISIEME = "3EME", "3e"


#: From one year to the next, before the *collège*.
PRIMARY_LEVELS = (
    Level.TPS, Level.PS, Level.MS, Level.GS, Level.CP, Level.CE1, Level.CE2, Level.CM1, Level.CM2,
)  # fmt: skip
