"""The blog as a kind of resource, as sharing asks about it."""

from collections.abc import Sequence

from django.urls import reverse

from blog.enums import BLOG
from blog.models import Post
from blog.services.blogs import erase_rows
from blog.services.public import leave_school
from sharing import kinds
from sharing.models import Resource


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        kinds.Kind(
            key=BLOG,
            app=BLOG,
            app_label="Blog",
            label="blog",
            icon="photo",
            url=_page,
            erase=erase_rows,
            moved=leave_school,
            hung_on=_with_posts,
            cover="coral",
            few=True,
        )
    )


def _page(resource: Resource) -> str:
    return reverse("blog:blog", args=[resource.uuid])


def _with_posts(ids: Sequence[int]) -> set[int]:
    """Blogs in which others wrote."""
    posts = Post.objects.filter(blog__in=list(ids), trashed_at__isnull=True)
    return set(posts.values_list("blog_id", flat=True))
