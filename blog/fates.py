"""What becomes of posts and comments when an account is erased, or absorbed by another of theirs: what others
read stays, unsigned; what nobody else read goes. Blogs are resources: sharing passes them on."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import fates
from accounts.fates import Left
from accounts.left_behind import counts
from accounts.objections import objectors_among
from blog.enums import BLOG, State, Word
from blog.models import Comment, Post
from documents.services import keeping
from sharing.models import Grant

_READ = Q(state__in=[State.SUBMITTED, State.PUBLISHED], trashed_at__isnull=True)


def erase(people: Sequence[int]) -> dict[int, Left]:
    """What others read goes too, of who objected."""
    objecting = objectors_among(people)
    told = fates.tally(
        objecting, counts(posts_left(people), "author"), counts(comments_left(people), "author")
    )
    theirs = Post.objects.filter(author__in=people)
    unread = theirs.filter(~_READ | Q(author__in=objecting))
    keeping.release(space=BLOG, subjects=list(unread.values_list("uuid", flat=True)))
    unread.delete()
    theirs.update(author=None)
    said = Comment.objects.filter(author__in=people)
    said.filter(~Q(state=Word.PUBLISHED) | Q(author__in=objecting)).delete()
    said.update(author=None)
    return told


def posts_left(people: Sequence[int]) -> QuerySet[Post, Post]:
    """What these people wrote that others read."""
    alone = Q(blog__resource__owner=F("author")) & ~Exists(Grant.objects.filter(resource=OuterRef("blog")))
    return Post.objects.filter(_READ, author__in=people).exclude(alone)


def comments_left(people: Sequence[int]) -> QuerySet[Comment, Comment]:
    """What these people said of others' posts, and others read."""
    said = Comment.objects.filter(author__in=people, state=Word.PUBLISHED, post__trashed_at__isnull=True)
    return said.exclude(post__author=F("author"))


MERGES = {
    "blog.Post.author": fates.moves("blog.Post.author"),
    "blog.Comment.author": fates.moves("blog.Comment.author"),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("blog", covers=list(MERGES), erase=erase, merges=MERGES)
