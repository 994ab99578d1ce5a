"""What a cahier de textes and a carnet de liaison are alike: a book that is usually of one class."""

from typing import Any

from django.db import models


class ClassBook(models.Model):
    """A book whose title, owner and rights are its resource's. Its class is whose it usually is: it gives no right."""

    resource: Any  # each has it under a name of its own
    # Its key is not checked: a feed that is undone takes its classes back, whatever speaks of them.
    school_class = models.ForeignKey(
        "directory.SchoolClass",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )

    class Meta:
        abstract = True
