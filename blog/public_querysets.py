"""Public blogs: what stands at an address now, and what of it anybody may read. The only gates of its readers."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from blog.enums import BLOG, State
from blog.models import Blog, Post, PublicBlog
from blog.public_rules import PDF
from core import clock, sql
from core.storage.models import Blob
from documents.models import File, FileVersion, Use

PAGE = 20  # posts of a page
_ADDRESS = re.compile(r"[a-z0-9-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """A blog that is online, as its readers meet it. `stamp` changes with all that they see."""

    blog_id: int
    blog: UUID
    address_id: str
    drawing: str
    indexed: bool
    ends_on: date | None
    title: str
    description: str
    school: str
    city: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF of a post that is out."""

    uuid: UUID
    name: str
    size: int
    blob: Blob


def online_at(address: str) -> Online | None:
    """What is online at an address now, a former one too (`address_id` tells the present one); None where
    nothing is: never given, closed, ended, deleted are the same. One query."""
    if not _ADDRESS.fullmatch(address):
        return None
    for row in sql.rows("blog", "public_standing", address=address, now=clock.now()):
        return Online(**row)
    return None


def public_of(blog: Blog | int) -> PublicBlog | None:
    """A blog's public row; None where it is private. One query."""
    key = blog if isinstance(blog, int) else blog.pk
    return PublicBlog.objects.filter(blog_id=key).select_related("blog__resource__owner_school").first()


def publics_among(blogs: Collection[int]) -> dict[int, PublicBlog]:
    """The public ones among these blogs, by key. One query."""
    return {each.blog_id: each for each in PublicBlog.objects.filter(blog__in=blogs)}


def is_online(blog: Blog | int) -> bool:
    """Whether anybody reads it now. Two queries."""
    public = public_of(blog)
    return public is not None and online_at(public.address_id) is not None


def posts_out(blog: int) -> QuerySet[Post]:
    """What anybody reads of a public blog: what is out, pinned first, then the last; no pupil wrote it."""
    rows = Post.objects.filter(blog=blog, state=State.PUBLISHED, trashed_at__isnull=True)
    kept = rows.filter(Q(author__isnull=True) | ~Q(author__profile=Profile.PUPIL))
    return kept.defer("words").order_by("-pinned", "-published_at", "-pk")


def documents_of(posts: Sequence[Post]) -> dict[UUID, list[Document]]:
    """The PDFs of these posts, by post: what is one by its content now, and no pupil's. One query."""
    found: dict[UUID, list[Document]] = defaultdict(list)
    for use in _uses(posts).order_by("pk"):
        found[use.subject].append(_document(use))
    return found


def document_out(blog: int, uuid: UUID) -> Document | None:
    """One of these, of a post that is out. One query."""
    uses = _uses(posts_out(blog).order_by().values("uuid"))
    use = uses.filter(file__resource__uuid=uuid).order_by("pk").first()
    return _document(use) if use is not None else None


def brought_by_pupils(blobs: Collection[int]) -> set[int]:
    """Those of these contents (keys) that a pupil brought in first, or that pupils alone have. Two queries, three
    where somebody has them."""
    versions = FileVersion.objects.filter(blob__in=blobs).order_by("blob_id", "at", "pk")
    first = dict(versions.distinct("blob_id").values_list("blob_id", "by"))
    pupils: set[Any] = set()
    if first:
        senders = User.everyone.filter(uuid__in=set(first.values()), profile=Profile.PUPIL)
        pupils = set(senders.values_list("uuid", flat=True))
    owners: dict[int, set[str | None]] = defaultdict(set)
    files = File.objects.filter(blob__in=blobs).values_list("blob_id", "resource__owner__profile")
    for blob, profile in files:
        owners[blob].add(profile)
    alone = {blob for blob, profiles in owners.items() if profiles == {Profile.PUPIL}}
    return alone | {blob for blob, by in first.items() if by in pupils}


def _uses(posts: Any) -> QuerySet[Use]:
    subjects = [post.uuid for post in posts] if isinstance(posts, Sequence) else posts
    rows = Use.objects.filter(
        space=BLOG,
        subject__in=subjects,
        inline=False,
        # The content itself was told by its bytes when it came in, and never changes.
        file__blob__media_type=PDF,
        file__resource__trashed_at__isnull=True,
    ).filter(Q(file__resource__owner__isnull=True) | ~Q(file__resource__owner__profile=Profile.PUPIL))
    return rows.select_related("file__resource", "file__blob")


def _document(use: Use) -> Document:
    file = use.file
    name = use.caption or file.resource.title
    return Document(file.resource.uuid, name.removesuffix(".pdf") or name, file.blob.size, file.blob)
