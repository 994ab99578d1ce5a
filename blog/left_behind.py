"""What one wrote in blogs that others read."""

from accounts import left_behind
from accounts.left_behind import LeftThings
from accounts.models import User
from blog.fates import comments_left, posts_left
from ui.french import counted


def register() -> None:
    """Called by `ready()`."""
    left_behind.register("blog", told)


def told(person: User) -> list[LeftThings]:
    """Two queries."""
    posts, comments = posts_left([person.pk]).count(), comments_left([person.pk]).count()
    return [
        LeftThings("Blog", "posts", posts, counted(posts, "billet")),
        LeftThings("Blog", "post_comments", comments, counted(comments, "commentaire")),
    ]
