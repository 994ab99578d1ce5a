"""What becomes of what documents knows of a person when their account is erased. Their files are resources:
sharing passes on what others read, and deletes the rest through `documents.kinds`."""

from collections.abc import Sequence

from accounts import fates
from documents.models import Allowance, Comment, Star

COVERS = ("documents.Allowance.person", "documents.Comment.author", "documents.Star.person")


def erase(people: Sequence[int]) -> None:
    """Their marks and their space end; what they said stays, unsigned."""
    Star.objects.filter(person__in=people).delete()
    Comment.objects.filter(author__in=people).update(author=None)
    Allowance.objects.filter(person__in=people).delete()


def register() -> None:
    """To be called in `ready()`."""
    fates.register("documents", covers=COVERS, erase=erase)
