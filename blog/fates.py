"""What becomes of posts and comments when an account is erased, or absorbed by another of theirs: what others
read stays, unsigned; what nobody else read goes. Blogs are resources: sharing passes them on."""

from collections.abc import Sequence

from django.db.models import Q

from accounts import fates
from blog.enums import BLOG, State, Word
from blog.models import Comment, Post
from documents.services import keeping


def erase(people: Sequence[int]) -> None:
    theirs = Post.objects.filter(author__in=people)
    unread = theirs.filter(~Q(state__in=[State.SUBMITTED, State.PUBLISHED]) | Q(trashed_at__isnull=False))
    keeping.release(space=BLOG, subjects=list(unread.values_list("uuid", flat=True)))
    unread.delete()
    theirs.update(author=None)
    said = Comment.objects.filter(author__in=people)
    said.exclude(state=Word.PUBLISHED).delete()
    said.update(author=None)


MERGES = {
    "blog.Post.author": fates.moves("blog.Post.author"),
    "blog.Comment.author": fates.moves("blog.Comment.author"),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("blog", covers=list(MERGES), erase=erase, merges=MERGES)
