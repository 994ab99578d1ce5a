"""Files of posts, kept with their authors' documents: who reads them, who joins them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from blog import rules
from blog.enums import BLOG
from blog.errors import NotInThisState
from blog.models import Post
from blog.querysets import seen_post
from blog.services.posts import label_of
from blog.services.public_guard import require_content
from documents import spaces
from documents.errors import NoSuchDocument


def register() -> None:
    """To be called in `ready()`."""
    spaces.register(
        spaces.SpaceUser(
            key=BLOG,
            label="Blog",
            icon="photo",
            url=lambda post: reverse("blog:post", args=[post]),
            opens=_opens,
            writes=_writes,
            accepts=require_content,
            edit_url=lambda post: reverse("blog:edit", args=[post]),
            resources_of=_resources_of,
        )
    )


def _opens(person: User, post: UUID) -> bool:
    return seen_post(person, post) is not None


def _writes(person: User, post: UUID) -> str:
    found = seen_post(person, post)
    if found is None:
        raise NoSuchDocument()
    if not rules.may_edit(found[1]):
        raise NotInThisState()
    return label_of(found[0])


def _resources_of(posts: Sequence[UUID]) -> Mapping[UUID, int]:
    return dict(Post.objects.filter(uuid__in=posts).values_list("uuid", "blog_id"))
