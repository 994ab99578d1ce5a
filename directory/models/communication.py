"""What a school changed in who may write to whom."""

from django.db import models
from django.db.models import Q

from directory.enums import Extent, Party
from schools.models import School


class CommunicationRule(models.Model):
    """A cell of a school's rules that is not as the default: how far one party reaches another.

    Between relatives it is a setting of the school, `relatives_reach_relatives`, and no row here. Bounds
    are in `directory.communication`: a row past them is not read.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    who = models.CharField(max_length=9, choices=Party)
    whom = models.CharField(max_length=9, choices=Party)
    extent = models.CharField(max_length=6, choices=Extent)

    class Meta:
        verbose_name = "règle de communication"
        constraints = [
            models.UniqueConstraint(fields=["school", "who", "whom"], name="communication_rule_once"),
            models.CheckConstraint(
                condition=Q(extent__in=Extent.values, who__in=Party.values, whom__in=Party.values)
                & ~Q(who=Party.DIRECTION)
                & ~Q(who=Party.RELATIVE, whom=Party.RELATIVE),
                name="communication_rule_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.who} → {self.whom} {self.extent}"
