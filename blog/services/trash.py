"""A post is thrown away in two steps; only its author does it, or who manages the blog where it has none."""

from accounts import assurance
from accounts.models import User
from blog import rules
from blog.enums import BLOG, State
from blog.errors import NoSuchPost, NotInThisState
from blog.models import Post
from blog.services import public_guard
from blog.services.posts import held, told
from core import audit, clock
from documents.services import keeping


def trash(*, by: User, post: Post) -> Post:
    """Nobody else reads it any more. Raises NoSuchPost, NotInThisState."""
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_trash(standing):
            raise NotInThisState()
        if fresh.trashed_at is None:
            fresh.trashed_at = clock.now()
            fresh.save(update_fields=["trashed_at"])
            audit.record("blog.post_trashed", subject=fresh.uuid, before=told(fresh))
    return fresh


def restore(*, by: User, post: Post) -> Post:
    """Where it stood; what was scheduled for a day that has passed is a draft again, and what was to be read by
    anybody: it comes out by being published. Raises NoSuchPost."""
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_trash(standing):
            raise NoSuchPost()
        if fresh.trashed_at is None:
            return fresh
        fresh.trashed_at = None
        if fresh.state == State.SCHEDULED and fresh.publish_at and fresh.publish_at <= clock.now():
            fresh.state, fresh.publish_at = State.DRAFT, None
        if fresh.state in {State.PUBLISHED, State.SCHEDULED} and public_guard.holds(fresh.blog):
            fresh.state, fresh.publish_at, fresh.pinned = State.DRAFT, None, False
        fresh.save(update_fields=["trashed_at", "state", "publish_at", "pinned"])
        audit.record("blog.post_restored", subject=fresh.uuid, after=told(fresh))
    return fresh


def erase(*, by: User, post: Post) -> None:
    """For good, with what was said of it; its files stay their owners'.

    Raises LowAssurance, NoSuchPost, NotInThisState where it is not in the trash.
    """
    assurance.require_full()
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        if not rules.may_trash(standing):
            raise NoSuchPost()
        if fresh.trashed_at is None:
            raise NotInThisState("Mettez d’abord ce billet à la corbeille.")
        keeping.release(space=BLOG, subjects=[fresh.uuid])
        audit.record("blog.post_erased", subject=fresh.uuid, before=told(fresh))
        Post.objects.filter(pk=fresh.pk).delete()
