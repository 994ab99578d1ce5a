"""A post comes out, now or later; it is sent back with a word; it is pinned."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from blog import rules
from blog.enums import State
from blog.errors import NotInThisState, NotManagingBlog, WithoutAWord, WrongMoment
from blog.models import Post
from blog.news import tell_published, tell_sent_back, tell_submitted
from blog.querysets import standing_of
from blog.services import public_guard
from blog.services.posts import held, require_fit, told
from core import audit, clock
from sharing.querysets import role_on
from sharing.services import resources

A_YEAR = timedelta(days=366)
WORD_LENGTH = 2_000
BATCH = 50


def publish(*, by: User, post: Post, at: datetime | None = None, reminded: bool = False) -> Post:
    """It comes out, now or at an instant to come. `reminded`: in a public blog, whoever publishes it has just
    read what may stand there.

    Raises NoSuchPost, NotInThisState, UntitledPost, EmptyPost, WrongMoment, and what a public blog holds back
    (`public_guard`).
    """
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_publish(standing):
            raise NotInThisState()
        require_fit(fresh)
        public_guard.require_publishable(fresh, reminded=reminded)
        now = clock.now()
        if at is None:
            come_out(fresh, now, by=by)
            return fresh
        if not now < at <= now + A_YEAR:
            raise WrongMoment()
        fresh.state, fresh.publish_at, fresh.word, fresh.changed_at = State.SCHEDULED, at, "", now
        fresh.scheduled_by = by.uuid
        fresh.save(update_fields=["state", "publish_at", "scheduled_by", "word", "changed_at"])
        audit.record("blog.post_scheduled", subject=fresh.uuid, after=told(fresh) | {"at": at.isoformat()})
    return fresh


def publish_due() -> int:
    """Publishes what is scheduled for now, in blogs that are not in the trash; answers how many. Two at once
    share the work; each comes out once. What whoever scheduled it could not publish any more waits to be read."""
    count = 0
    while True:
        with audit.acting(by=None), transaction.atomic():
            due = Post.objects.filter(
                state=State.SCHEDULED,
                publish_at__lte=clock.now(),
                trashed_at__isnull=True,
                blog__resource__trashed_at__isnull=True,
            )
            rows = due.select_related("blog__resource", "author").defer("words").order_by("publish_at", "pk")
            batch = list(rows.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
            for post in batch:
                if _may_still(post):
                    assert post.publish_at is not None
                    come_out(post, post.publish_at, by=None)
                    count += 1
                else:
                    _wait(post)
        if len(batch) < BATCH:
            return count


def come_out(post: Post, at: datetime, *, by: User | None) -> None:
    """It is read from now on; its place is that of the day when it first was. In a transaction that holds it."""
    post.state, post.word, post.publish_at = State.PUBLISHED, "", None
    post.published_at = post.published_at or at
    post.changed_at = clock.now()
    post.save(update_fields=["state", "word", "publish_at", "published_at", "changed_at"])
    resources.touch(post.blog.resource)
    audit.record("blog.post_published", subject=post.uuid, after=told(post))
    tell_published(post, by=by)


def _may_still(post: Post) -> bool:
    """Whether whoever scheduled a post would publish it now: rights, and circuits, may have changed since."""
    person = User.objects.filter(uuid=post.scheduled_by).first() if post.scheduled_by else post.author
    if person is None:
        return False
    standing = standing_of(post, person, role_on(person, post.blog.resource))
    return rules.may_publish(standing)


def _wait(post: Post) -> None:
    """It is to be read first, by who manages the blog."""
    post.state, post.publish_at, post.pinned = State.SUBMITTED, None, False
    post.changed_at = clock.now()
    post.save(update_fields=["state", "publish_at", "pinned", "changed_at"])
    audit.record("blog.post_submitted", subject=post.uuid, after=told(post))
    tell_submitted(post, by=None)


def send_back(*, by: User, post: Post, word: str) -> Post:
    """To its author, with a word: nobody reads it meanwhile. Raises NoSuchPost, NotInThisState, WithoutAWord."""
    said = word.replace("\r\n", "\n").strip()[:WORD_LENGTH]
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not standing.manages:
            raise NotManagingBlog()
        if not rules.may_send_back(standing):
            raise NotInThisState()
        if not said:
            raise WithoutAWord()
        fresh.state, fresh.word, fresh.pinned, fresh.publish_at = State.RETURNED, said, False, None
        fresh.changed_at = clock.now()
        fresh.save(update_fields=["state", "word", "pinned", "publish_at", "changed_at"])
        audit.record("blog.post_sent_back", subject=fresh.uuid, after=told(fresh))
        tell_sent_back(fresh, by=by)
    return fresh


def pin(*, by: User, post: Post, on: bool) -> Post:
    """On top of its blog, or no more. Raises NoSuchPost, NotManagingBlog, NotInThisState."""
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not standing.manages:
            raise NotManagingBlog()
        if not rules.may_pin(standing):
            raise NotInThisState()
        if fresh.pinned != on:
            fresh.pinned = on
            fresh.save(update_fields=["pinned"])
    return fresh
