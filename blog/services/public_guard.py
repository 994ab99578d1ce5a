"""What a public blog holds back, whoever asks and by whatever door: no picture, sound or film, no pupil among its
authors, no pupil's document, no comment. Each act of blogs and posts asks here; a private blog is never held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.enums import Profile
from accounts.models import User
from blog.enums import BLOG, Circuit, State, Talk
from blog.models import Blog, Post, PublicBlog
from blog.public_errors import (
    NoPictureInPublic,
    NoTalkInPublic,
    OnlyPdfInPublic,
    PupilInPublic,
    PupilsDocument,
    ReminderFirst,
    StandsInTheWay,
)
from blog.public_querysets import brought_by_pupils
from blog.public_rules import is_seen_or_heard, may_stand
from core.errors import DomainError
from core.storage.models import Blob
from documents.models import Use

PICTURE = "<img "  # as cleaned HTML writes it
RESTRICTED = Circuit.REVIEWED, Talk.OFF
WHY = {
    PupilInPublic.code: "Écrit par un élève\u00a0: il a sa place dans le blog de la classe, pas ici.",
    NoPictureInPublic.code: "Montre une photo, un son ou une vidéo\u00a0: retirez-les.",
    OnlyPdfInPublic.code: "Joint un document qui n’est pas un PDF\u00a0: retirez-le, ou joignez-le en PDF.",
    PupilsDocument.code: "Joint un document d’élève\u00a0: retirez-le.",
}


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands in the way of a blog becoming public: a post (None: the blog itself), what it is called, why."""

    post: UUID | None
    title: str
    why: str


def holds(blog: Blog) -> bool:
    """Whether the rules of public blogs hold there: online or not, until it is private again. One query."""
    return PublicBlog.objects.filter(blog=blog).exists()


def require_author(by: User, blog: Blog) -> None:
    """Raises PupilInPublic."""
    if by.profile == Profile.PUPIL and holds(blog):
        raise PupilInPublic()


def require_text(by: User, blog: Blog, html: str) -> None:
    """What is written there shows no picture. Raises PupilInPublic, NoPictureInPublic."""
    if not holds(blog):
        return
    require_author(by, blog)
    if PICTURE in html:
        raise NoPictureInPublic()


def require_no_talk(blog: Blog) -> None:
    """Raises NoTalkInPublic."""
    if holds(blog):
        raise NoTalkInPublic()


def require_no_illustration(blog: Blog) -> None:
    """A picture that somebody sends may show anybody. Raises NoPictureInPublic."""
    if holds(blog):
        raise NoPictureInPublic(remedy="Choisissez l’une des illustrations que Cartable propose.")


def require_content(by: User, post: UUID, blob: Blob) -> None:
    """What is joined to a post there: a PDF by its content, that comes of no pupil.

    Raises PupilInPublic, NoPictureInPublic, OnlyPdfInPublic, PupilsDocument.
    """
    blog = Blog.objects.filter(posts__uuid=post).first()
    if blog is None or not holds(blog):
        return
    require_author(by, blog)
    _require_kind(blob.media_type)
    if brought_by_pupils([blob.pk]):
        raise PupilsDocument()


def require_publishable(post: Post, *, reminded: bool) -> None:
    """Whether a post may come out there. `reminded`: whoever publishes it has read the reminder, and says so.

    Raises PupilInPublic, NoPictureInPublic, OnlyPdfInPublic, PupilsDocument, ReminderFirst.
    """
    if not holds(post.blog):
        return
    for error in _problems([post]).get(post.uuid, []):
        raise error
    if not reminded:
        raise ReminderFirst()


def restrict(blog: Blog) -> None:
    """What contributors write there is read first, and nobody comments, whatever a form says."""
    if holds(blog):
        blog.circuit, blog.comments = RESTRICTED


def hindrances(blog: Blog) -> list[Hindrance]:
    """What stands in the way of its becoming public, the blog first. Six queries at most."""
    found = []
    if blog.illustration_id is not None:
        why = "Son illustration est une image\u00a0: retirez-la dans les réglages du blog."
        found.append(Hindrance(None, "Le blog", why))
    posts = list(_kept(blog))
    problems = _problems(posts)
    for post in posts:
        title = post.title or "Billet sans titre"
        found += [Hindrance(post.uuid, title, _why(error)) for error in problems.get(post.uuid, [])]
    return found


def require_none(blog: Blog) -> None:
    """Raises StandsInTheWay, which names each."""
    found = hindrances(blog)
    if found:
        told = [
            {"post": str(each.post) if each.post else None, "title": each.title, "why": each.why}
            for each in found
        ]
        raise StandsInTheWay(hindrances=told)


def _kept(blog: Blog) -> Sequence[Post]:
    """Its posts that are not in the trash, with who wrote them."""
    rows = Post.objects.filter(blog=blog, trashed_at__isnull=True).select_related("author")
    return list(rows.defer("words").order_by("created_at", "pk"))


def _problems(posts: Sequence[Post]) -> dict[UUID, list[DomainError]]:
    """By post, what it may not hold; of a draft, who wrote it alone: the rest is asked when it comes out."""
    found: dict[UUID, list[DomainError]] = {}
    uses = Use.objects.filter(
        space=BLOG, subject__in=[post.uuid for post in posts], file__resource__trashed_at__isnull=True
    )
    rows = list(uses.select_related("file__blob", "file__resource__owner").order_by("pk"))
    pupils = brought_by_pupils({use.file.blob_id for use in rows}) if rows else set()
    for post in posts:
        problems: list[DomainError] = []
        if post.author is not None and post.author.profile == Profile.PUPIL:
            problems.append(PupilInPublic())
        if post.state in {State.PUBLISHED, State.SCHEDULED} or len(posts) == 1:
            problems += _of_contents(post, [use for use in rows if use.subject == post.uuid], pupils)
        if problems:
            found[post.uuid] = problems
    return found


def _of_contents(post: Post, uses: Sequence[Use], pupils: set[int]) -> list[DomainError]:
    problems: list[DomainError] = [NoPictureInPublic()] if PICTURE in post.body else []
    for use in uses:
        file, owner = use.file, use.file.resource.owner
        try:
            _require_kind(file.blob.media_type)
        except DomainError as error:
            problems.append(error)
            continue
        if file.blob_id in pupils or (owner is not None and owner.profile == Profile.PUPIL):
            problems.append(PupilsDocument())
    # Said once each, however many photos there are.
    return list({type(error): error for error in problems}.values())


def _require_kind(media_type: str) -> None:
    if is_seen_or_heard(media_type):
        raise NoPictureInPublic()
    if not may_stand(media_type):
        raise OnlyPdfInPublic()


def _why(error: DomainError) -> str:
    """In the words of somebody who reads their own blog over."""
    return WHY.get(error.code, str(error))
