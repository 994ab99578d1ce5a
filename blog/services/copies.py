"""A blog is copied: its settings, its illustration, and the posts that whoever copies it wrote; neither what was
said of them, nor its shares."""

from accounts.models import User
from blog.enums import BLOG, State
from blog.errors import NotAContributor
from blog.models import TITLE_LENGTH, Blog, Post
from blog.querysets import posts_of
from blog.services.blogs import Settings, open_blog, wear
from blog.services.posts import label_of
from core import audit, clock
from documents.services import keeping
from sharing.enums import Role
from sharing.errors import InTrash
from sharing.querysets import role_on
from sharing.rules import Act, may

COPIED = "Copie de "


def copy_title(title: str) -> str:
    """What a copy is called."""
    return f"{COPIED}{title}"[:TITLE_LENGTH]


def posts_to_copy(by: User, blog: Blog) -> list[Post]:
    """What whoever copies a blog wrote there, the first written first."""
    own = posts_of(blog, by, Role.CONTRIBUTE).filter(author=by)
    return list(own.order_by("created_at", "pk"))


def copy_blog(*, by: User, blog: Blog, title: str = "", as_drafts: bool = True) -> Blog:
    """A blog of `by`'s, shared with nobody. `as_drafts`: its posts are to be published again; else what was
    out keeps its day.

    Raises NotAnOpener, NotAContributor, InTrash, QuotaExceeded, StorageGone.
    """
    with audit.acting(by=by):
        if blog.resource.trashed_at is not None:
            raise InTrash()
        if not may(role_on(by, blog.resource), Act.ADD):
            raise NotAContributor()
        settings = Settings(
            title=title or copy_title(blog.resource.title),
            description=blog.description,
            circuit=blog.circuit,  # type: ignore[arg-type]
            comments=blog.comments,  # type: ignore[arg-type]
        )
        made = open_blog(by=by, settings=settings)
        wear(made, blog.illustration)
        found = posts_to_copy(by, blog)
        for post in found:
            _copy(by, post, made, as_drafts=as_drafts)
        audit.record(
            "blog.copied",
            subject=made.resource.uuid,
            before={"blog": str(blog.resource.uuid)},
            after={"posts": len(found)},
        )
    return made


def _copy(by: User, post: Post, blog: Blog, *, as_drafts: bool) -> None:
    now = clock.now()
    out = post.state == State.PUBLISHED and not as_drafts
    made = Post.objects.create(
        blog=blog,
        author=by,
        title=post.title,
        body=post.body,
        text=post.text,
        state=State.PUBLISHED if out else State.DRAFT,
        pinned=post.pinned and out,
        created_at=now,
        changed_at=now,
        published_at=post.published_at if out else None,
        # Nobody is told of what was told already.
        told_at=now if out else None,
    )
    copies = keeping.copy_pieces(by=by, space=BLOG, source=post.uuid, target=made.uuid, label=label_of(made))
    body = keeping.with_pictures_of(made.body, copies)
    if body != made.body:
        made.body = body
        made.save(update_fields=["body"])
