"""A post is written, submitted, taken back. What publishes it is in `publish`."""

import re
from datetime import datetime

from accounts.models import User
from blog import rules
from blog.enums import BLOG, State
from blog.errors import (
    ChangedMeanwhile,
    EmptyPost,
    NoSuchPost,
    NotAContributor,
    NotInThisState,
    UntitledPost,
)
from blog.models import TITLE_LENGTH, Blog, Post
from blog.news import tell_submitted
from blog.querysets import standing_of
from blog.rules import Standing
from blog.services import public_guard
from core import audit, clock
from documents.pieces import pieces_of
from documents.services import keeping
from sharing.errors import InTrash
from sharing.querysets import role_on
from sharing.rules import Act, may
from ui import rich_text

UNTITLED = "Billet sans titre"
MOST_LETTERS = 200_000  # of its HTML: a long tale, and no more


def begin(*, by: User, blog: Blog) -> Post:
    """An empty draft; one that they left untouched there is used again. Raises NotAContributor, InTrash."""
    with audit.acting(by=by):
        # Held by their row: two presses of the button make one draft.
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        if blog.resource.trashed_at is not None:
            raise InTrash()
        if not may(role_on(by, blog.resource), Act.ADD):
            raise NotAContributor()
        public_guard.require_author(by, blog)
        now = clock.now()
        empty = Post.objects.filter(
            blog=blog, author=by, state=State.DRAFT, title="", body="", trashed_at__isnull=True
        )
        found = list(empty.order_by("pk"))
        joined = pieces_of(BLOG, [each.uuid for each in found])
        for each in found:
            if not joined[each.uuid]:
                return each
        return Post.objects.create(blog=blog, author=by, created_at=now, changed_at=now)


def save(
    *,
    by: User,
    post: Post,
    title: str | None = None,
    body: str | None = None,
    seen: datetime | None = None,
) -> Post:
    """Keeps what is written; what is None stays. `seen` is when it was last changed as far as the page knows.

    Raises NoSuchPost, NotInThisState, ChangedMeanwhile, UntitledPost (where others read it already), and what a public
    blog holds back (`public_guard`).
    """
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_edit(standing):
            raise NotInThisState()
        if seen is not None and fresh.changed_at != seen:
            raise ChangedMeanwhile()
        before = fresh.title
        if title is not None:
            fresh.title = re.sub(r"[ \t\r\n]+", " ", title).strip()[:TITLE_LENGTH]
        if body is not None:
            fresh.body = rich_text.clean(body[:MOST_LETTERS])
            fresh.text = rich_text.plain(fresh.body)
        public_guard.require_text(by, fresh.blog, fresh.body if body is not None else "")
        if not fresh.title and fresh.state != State.DRAFT:
            raise UntitledPost()
        fresh.changed_at = clock.now()
        fresh.save()
        if body is not None:
            label = label_of(fresh)
            keeping.settle_pictures(by=by, space=BLOG, subject=fresh.uuid, html=fresh.body, label=label)
        if fresh.title != before:
            keeping.rename_uses(space=BLOG, subject=fresh.uuid, label=label_of(fresh))
        if not standing.own or fresh.state == State.PUBLISHED:
            audit.record("blog.post_corrected", subject=fresh.uuid, after={"title": fresh.title})
    return fresh


def submit(*, by: User, post: Post) -> Post:
    """It waits to be read by who manages the blog. Raises NoSuchPost, NotInThisState, UntitledPost, EmptyPost."""
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_submit(standing):
            raise NotInThisState()
        require_fit(fresh)
        public_guard.require_author(by, fresh.blog)
        fresh.state, fresh.word, fresh.changed_at = State.SUBMITTED, "", clock.now()
        fresh.save(update_fields=["state", "word", "changed_at"])
        audit.record("blog.post_submitted", subject=fresh.uuid, after=told(fresh))
        tell_submitted(fresh, by=by)
    return fresh


def take_back(*, by: User, post: Post) -> Post:
    """What waits, is scheduled or is out is its author's draft again: nobody reads it meanwhile.

    Raises NoSuchPost, NotInThisState.
    """
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_take_back(standing):
            raise NotInThisState()
        fresh.state, fresh.publish_at, fresh.pinned = State.DRAFT, None, False
        fresh.changed_at = clock.now()
        fresh.save(update_fields=["state", "publish_at", "pinned", "changed_at"])
        audit.record("blog.post_taken_back", subject=fresh.uuid, after=told(fresh))
    return fresh


def held(by: User, post: Post) -> tuple[Post, Standing]:
    """A post as it is now, held, and how `by` stands before it. Raises NoSuchPost, InTrash (its blog)."""
    rows = Post.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("blog__resource", "author").defer("words").filter(pk=post.pk).first()
    if fresh is None:
        raise NoSuchPost()
    if fresh.blog.resource.trashed_at is not None:
        raise InTrash()
    standing = standing_of(fresh, by, role_on(by, fresh.blog.resource))
    if not rules.may_read(standing):
        raise NoSuchPost()
    return fresh, standing


def require_fit(post: Post) -> None:
    """Whether it may be shown to others. Raises UntitledPost, EmptyPost."""
    if not post.title:
        raise UntitledPost()
    if not post.text.strip() and not pieces_of(BLOG, [post.uuid])[post.uuid]:
        raise EmptyPost()


def label_of(post: Post) -> str:
    """What its files are told to be used by."""
    return post.title or UNTITLED


def told(post: Post) -> dict[str, str]:
    """A post in the log."""
    return {"title": post.title, "blog": post.blog.resource.title}
