"""A blog is opened, and set as its managers want it. Its title and whom it is shared with are its resource's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from blog import picture, rules
from blog.enums import BLOG, Circuit, Talk
from blog.errors import NotAnOpener, NotManagingBlog, UntitledBlog
from blog.models import DESCRIPTION_LENGTH, TITLE_LENGTH, Blog, Post
from blog.services import public_guard
from core import audit
from core.storage.models import Blob
from core.storage.services import hold, let_go, let_go_all
from documents.services import keeping
from schools.models import School
from sharing.errors import InTrash
from sharing.querysets import role_on
from sharing.rules import Act, may
from sharing.services import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a form of a blog holds, but for its illustration."""

    title: str
    description: str = ""
    circuit: Circuit = Circuit.REVIEWED
    comments: Talk = Talk.REVIEWED


def open_blog(*, by: User, settings: Settings, owner: School | None = None) -> Blog:
    """A blog of `by`'s, or of a school that they administer. Raises NotAnOpener, NotYours, UntitledBlog."""
    if not rules.may_open_a_blog(by.profile):
        raise NotAnOpener()
    title = titled(settings.title)
    with audit.acting(by=by):
        resource = resources.create(owner=owner or by, kind=BLOG, title=title, by=by)
        blog = Blog(resource=resource)
        _keep(blog, settings)
        blog.save(force_insert=True)
        audit.record("blog.opened", subject=resource.uuid, after=_told(blog, title))
    return blog


def change_blog(*, by: User, blog: Blog, settings: Settings) -> Blog:
    """Raises NotManagingBlog, InTrash, UntitledBlog."""
    title = titled(settings.title)
    with audit.acting(by=by):
        fresh = held(by, blog)
        before = _told(fresh, fresh.resource.title)
        _keep(fresh, settings)
        public_guard.restrict(fresh)
        fresh.save()
        if title != fresh.resource.title:
            fresh.resource = resources.rename(by=by, resource=fresh.resource, title=title)
        after = _told(fresh, title)
        if after != before:
            audit.record("blog.changed", subject=fresh.resource.uuid, before=before, after=after)
    return fresh


def illustrate(*, by: User, blog: Blog, file: Any) -> Blog:
    """A picture in any format that browsers show, made small; None takes it off.

    Raises NotManagingBlog, InTrash, ImageTooLarge, ImageUnreadable, StorageFull, StorageGone,
    NoPictureInPublic.
    """
    blob = picture.drawn(file) if file is not None else None
    with audit.acting(by=by):
        fresh = held(by, blog)
        if blob is not None:
            public_guard.require_no_illustration(fresh)
        wear(fresh, blob)
        audit.record("blog.illustrated", subject=fresh.resource.uuid, after={"picture": blob is not None})
    return fresh


def wear(blog: Blog, blob: Blob | None) -> None:
    """Gives a blog its illustration, in a transaction."""
    former = blog.illustration
    if former == blob:
        return
    if blob is not None:
        hold(blob)
    blog.illustration = blob
    blog.save(update_fields=["illustration"])
    if former is not None:
        let_go(former)


def held(by: User, blog: Blog) -> Blog:
    """A blog as it is now, held, that `by` manages. Raises NotManagingBlog, InTrash."""
    rows = Blog.objects.select_for_update(of=("self",), no_key=True).select_related(
        "resource", "illustration"
    )
    fresh = rows.get(pk=blog.pk)
    if fresh.resource.trashed_at is not None:
        raise InTrash()
    if not may(role_on(by, fresh.resource), Act.SHARE):
        raise NotManagingBlog()
    return fresh


def erase_rows(ids: Sequence[int]) -> None:
    """Deletes the rows of these blogs for good: files of their posts stay their owners'."""
    keys = list(ids)
    posts = Post.objects.filter(blog__in=keys)
    keeping.release(space=BLOG, subjects=list(posts.values_list("uuid", flat=True)))
    posts.delete()
    blogs = Blog.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    let_go_all([blob for blob in blogs.values_list("illustration_id", flat=True) if blob is not None])
    Blog.objects.filter(pk__in=keys).delete()


def titled(text: str) -> str:
    """Raises UntitledBlog. Spaces that do not break are the writer’s: they stay."""
    title = re.sub(r"[ \t\r\n]+", " ", text).strip()[:TITLE_LENGTH]
    if not title:
        raise UntitledBlog()
    return title


def _keep(blog: Blog, settings: Settings) -> None:
    blog.description = settings.description.replace("\r\n", "\n").strip()[:DESCRIPTION_LENGTH]
    blog.circuit, blog.comments = Circuit(settings.circuit), Talk(settings.comments)


def _told(blog: Blog, title: str) -> dict[str, Any]:
    return {"title": title, "circuit": str(blog.circuit), "comments": str(blog.comments)}
