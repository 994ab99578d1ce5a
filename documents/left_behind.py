"""What one said of others' files."""

from accounts import left_behind
from accounts.left_behind import LeftThings
from accounts.models import User
from documents.fates import comments_left
from ui.french import counted


def register() -> None:
    """Called by `ready()`."""
    left_behind.register("documents", told)


def told(person: User) -> list[LeftThings]:
    """One query."""
    number = comments_left([person.pk]).count()
    return [LeftThings("Espace documentaire", "document_comments", number, counted(number, "commentaire"))]
