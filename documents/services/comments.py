"""What people say of a file."""

from accounts.models import User
from core import audit, clock
from documents import news
from documents.errors import NotAReader, NothingSaid, NotYourComment
from documents.models import Comment
from sharing.errors import InTrash
from sharing.models import Resource
from sharing.querysets import role_on
from sharing.rules import Act, may

MOST = 2_000  # characters


def comment(*, by: User, resource: Resource, text: str) -> Comment:
    """Raises NotAReader (no right to comment), InTrash, NothingSaid."""
    said = text.replace("\r\n", "\n").strip()
    if not said or len(said) > MOST:
        raise NothingSaid()
    with audit.acting(by=by):
        fresh = Resource.objects.select_for_update(no_key=True).get(pk=resource.pk)
        if fresh.trashed_at is not None:
            raise InTrash()
        if not may(role_on(by, fresh), Act.COMMENT):
            raise NotAReader()
        made = Comment.objects.create(resource=fresh, author=by, text=said, at=clock.now())
        audit.record("file.commented", subject=fresh.uuid)
        news.tell_commented(by=by, resource=fresh)
    return made


def may_delete(person: User, comment: Comment, role: int | None) -> bool:
    """Its author, while they see the file, or who manages it."""
    return role is not None and (comment.author_id == person.pk or may(role, Act.SHARE))


def delete_comment(*, by: User, comment: Comment) -> None:
    """Raises NotYourComment."""
    with audit.acting(by=by):
        if not may_delete(by, comment, role_on(by, comment.resource)):
            raise NotYourComment()
        comment.delete()
        audit.record("file.comment_deleted", subject=comment.resource.uuid)
