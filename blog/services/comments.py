"""What people say of a post: published at once or read first, sent back with a word, taken away."""

from accounts.models import User
from blog import rules
from blog.enums import State, Talk, Word
from blog.errors import (
    NoSuchComment,
    NotACommenter,
    NothingSaid,
    NotInThisState,
    NotManagingBlog,
    WithoutAWord,
)
from blog.models import Comment, Post
from blog.news import tell_comment, tell_sent_back_comment, tell_waiting_comment
from blog.querysets import standing_of
from blog.rules import Standing
from blog.services import public_guard
from blog.services.posts import held, told
from core import audit, clock
from sharing.errors import InTrash
from sharing.querysets import role_on

MOST = 2_000  # characters


def say(*, by: User, post: Post, text: str) -> Comment:
    """Raises NoSuchPost, NotACommenter, NothingSaid."""
    said = _said(text)
    with audit.acting(by=by):
        fresh, standing = held(by, post)
        _require_open(standing, fresh)
        made = Comment(post=fresh, author=by, text=said, at=clock.now())
        _put(by, made, standing)
        audit.record("blog.commented", subject=fresh.uuid, after=told(fresh) | {"state": made.state})
    return made


def say_anew(*, by: User, comment: Comment, text: str) -> Comment:
    """One's own, in other words; read first again where comments are. Raises NoSuchComment, NotACommenter,
    NothingSaid."""
    said = _said(text)
    with audit.acting(by=by):
        fresh, standing = _held(by, comment)
        if fresh.author_id != by.pk:
            raise NoSuchComment()
        _require_open(standing, fresh.post)
        fresh.text, fresh.word = said, ""
        _put(by, fresh, standing, first=False)
        audit.record("blog.comment_changed", subject=fresh.post.uuid, after={"state": fresh.state})
    return fresh


def let_out(*, by: User, comment: Comment) -> Comment:
    """Whoever manages publishes what waits, or what was sent back. Raises NoSuchComment, NotManagingBlog."""
    with audit.acting(by=by):
        fresh, standing = _held(by, comment)
        if not standing.manages:
            raise NotManagingBlog()
        public_guard.require_no_talk(fresh.post.blog)
        if fresh.state != Word.PUBLISHED:
            fresh.state, fresh.word = Word.PUBLISHED, ""
            fresh.save(update_fields=["state", "word"])
            audit.record("blog.comment_published", subject=fresh.post.uuid, after=told(fresh.post))
            tell_comment(by=by, comment=fresh)
    return fresh


def send_back(*, by: User, comment: Comment, word: str) -> Comment:
    """To its author, with a word; nobody else reads it meanwhile. Raises NoSuchComment, NotManagingBlog,
    NotInThisState (one's own, or without an author), WithoutAWord."""
    said = word.replace("\r\n", "\n").strip()[:MOST]
    with audit.acting(by=by):
        fresh, standing = _held(by, comment)
        if not standing.manages:
            raise NotManagingBlog()
        if fresh.author_id in {None, by.pk}:
            raise NotInThisState()
        if not said:
            raise WithoutAWord()
        fresh.state, fresh.word = Word.RETURNED, said
        fresh.save(update_fields=["state", "word"])
        audit.record("blog.comment_sent_back", subject=fresh.post.uuid, after=told(fresh.post))
        tell_sent_back_comment(by=by, comment=fresh)
    return fresh


def delete(*, by: User, comment: Comment) -> None:
    """Its author, or who manages the blog. Raises NoSuchComment, NotManagingBlog."""
    with audit.acting(by=by):
        fresh, standing = _held(by, comment)
        if fresh.author_id != by.pk and not standing.manages:
            raise NotManagingBlog()
        audit.record("blog.comment_deleted", subject=fresh.post.uuid, before=told(fresh.post))
        fresh.delete()


def _put(by: User, comment: Comment, standing: Standing, *, first: bool = True) -> None:
    """Writes a comment where its circuit puts it, and tells it."""
    at_once = rules.comes_out_at_once(standing.role, comment.post.blog.comments)
    comment.state = Word.PUBLISHED if at_once else Word.SUBMITTED
    comment.save()
    if not at_once:
        tell_waiting_comment(by=by, comment=comment)
    elif first:
        tell_comment(by=by, comment=comment)


def _require_open(standing: Standing, post: Post) -> None:
    if not rules.may_comment(standing, Talk(post.blog.comments)):
        public_guard.require_no_talk(post.blog)
        raise NotACommenter()


def _held(by: User, comment: Comment) -> tuple[Comment, Standing]:
    rows = Comment.objects.select_for_update(of=("self",), no_key=True).filter(pk=comment.pk)
    fresh = rows.select_related("author", "post__author", "post__blog__resource").first()
    if fresh is None:
        raise NoSuchComment()
    blog = fresh.post.blog
    if blog.resource.trashed_at is not None:
        raise InTrash()
    standing = standing_of(fresh.post, by, role_on(by, blog.resource))
    if fresh.post.state != State.PUBLISHED and not (standing.own or standing.manages):
        raise NoSuchComment()
    if not rules.may_read_comment(standing, own=fresh.author_id == by.pk, state=fresh.state):
        raise NoSuchComment()
    return fresh, standing


def _said(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said or len(said) > MOST:
        raise NothingSaid()
    return said
