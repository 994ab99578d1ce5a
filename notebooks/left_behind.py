"""What one wrote in notebooks that others read. Words to relatives are not of it: each holds a copy."""

from accounts import left_behind
from accounts.left_behind import LeftThings
from accounts.models import User
from notebooks import homework_fates, memo_fates
from ui.french import counted

APP = "Cahiers"


def register() -> None:
    """Called by `ready()`."""
    left_behind.register("notebooks", told)


def told(person: User) -> list[LeftThings]:
    """Two queries."""
    homework, pages = homework_fates.left([person.pk]).count(), memo_fates.left([person.pk]).count()
    return [
        LeftThings(APP, "homework", homework, counted(homework, "devoir")),
        LeftThings(APP, "memo_pages", pages, counted(pages, "page")),
    ]
