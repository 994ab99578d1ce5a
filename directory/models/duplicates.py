"""What administrators say of people who look alike."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DistinctPeople(models.Model):
    """Two people who look like one and are two: they are not proposed again."""

    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "personnes distinctes"
        verbose_name_plural = "personnes distinctes"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_people_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinct_people_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
