"""Blogs and posts as a person sees them: the only gates. Twins of `blog.rules`; each takes a `Reach` already
read, where one has it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncMonth

from accounts.models import User
from blog import rules
from blog.enums import BLOG, Circuit, State, Word
from blog.models import Blog, Comment, Post
from core.text import fold
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import my_role, reach_of, role_on, visible_to
from sharing.rules import Reach

# Both parameters: the type checker would take the default of one alias for another.
type Blogs = QuerySet[Blog, Blog]
type Posts = QuerySet[Post, Post]
type Comments = QuerySet[Comment, Comment]

WORDS = 6
TYPED = 80  # letters of what is looked for
BEFORE_OTHERS = (State.SUBMITTED, State.RETURNED, State.SCHEDULED, State.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What one looks for among the posts of a blog. `month` is its first day."""

    words: str = ""
    month: datetime | None = None
    author: UUID | None = None
    state: State | None = None

    @property
    def any(self) -> bool:
        return bool(self.words or self.month or self.author or self.state)


def blogs_visible_to(person: User, reach: Reach | None = None) -> Blogs:
    """The blogs that someone sees, each with `my_role`; not what is in the trash."""
    seen: QuerySet[Resource] = visible_to(person, reach).filter(kind=BLOG, trashed_at__isnull=True)
    reach = reach or reach_of(person)
    roles = Resource.objects.filter(pk=OuterRef("resource_id")).annotate(role=my_role(reach))
    return (
        Blog.objects.filter(resource__in=seen.order_by().values("pk"))
        .annotate(my_role=Subquery(roles.values("role")[:1], output_field=IntegerField()))
        .select_related("resource__owner", "resource__owner_school", "illustration", "public")
    )


def told_by(blogs: Blogs) -> Blogs:
    """Each with what a list says of it: `posts_out`, `last_post_at`, and how many `waiting`: posts and comments
    to read first, for who manages; posts alone: `posts_waiting`."""
    out = _of_blog().filter(state=State.PUBLISHED)
    waiting = _of_blog().filter(state=State.SUBMITTED)
    said = Comment.objects.filter(
        post__blog=OuterRef("pk"), post__trashed_at__isnull=True, state=Word.SUBMITTED
    ).order_by()
    return blogs.annotate(
        posts_out=_counted(out, "blog"),
        last_post_at=Subquery(out.order_by("-published_at").values("published_at")[:1]),
        posts_waiting=_counted(waiting, "blog"),
        waiting=_counted(waiting, "blog") + _counted(said, "post__blog"),
    )


def posts_of(blog: Blog, person: User, role: Role | int | None) -> Posts:
    """The posts of a blog that someone reads by their role there; not what is in the trash."""
    return _with(Post.objects.filter(_readable(person, role), blog=blog, trashed_at__isnull=True))


def trashed_of(blog: Blog, person: User, role: Role | int | None) -> Posts:
    """What was thrown away of one's own there; who manages, what has no author any more."""
    mine = Q(author=person)
    if role == Role.MANAGE:
        mine |= Q(author__isnull=True)
    return _with(Post.objects.filter(mine, blog=blog, trashed_at__isnull=False))


def posts_visible_to(person: User, reach: Reach | None = None) -> Posts:
    """The posts of every blog that someone reads: the twin of `rules.may_read`, but for what is in the trash."""
    reach = reach or reach_of(person)
    blogs = blogs_visible_to(person, reach).order_by()
    managed = blogs.filter(Q(my_role=Role.MANAGE)).values("pk")
    readable = (
        Q(state=State.PUBLISHED)
        | Q(author=person)
        | Q(blog__in=managed, state__in=[state.value for state in BEFORE_OTHERS])
    )
    return _with(Post.objects.filter(readable, blog__in=blogs.values("pk"), trashed_at__isnull=True))


def published_in(blogs: Blogs | Collection[int]) -> Posts:
    """What is out in these blogs, or those of these keys, the last first."""
    which: Any = blogs.order_by().values("pk") if isinstance(blogs, QuerySet) else list(blogs)
    rows = Post.objects.filter(blog__in=which, state=State.PUBLISHED)
    return _with(rows.filter(trashed_at__isnull=True)).order_by("-published_at", "-pk")


def seen_post(person: User, uuid: UUID, reach: Reach | None = None) -> tuple[Post, rules.Standing] | None:
    """A post, in the trash too, and how someone stands before it; None where it is not for them. Two queries
    after those of the reach."""
    post = _with(Post.objects.filter(uuid=uuid, blog__resource__trashed_at__isnull=True)).first()
    if post is None:
        return None
    standing = standing_of(post, person, role_on(person, post.blog.resource, reach))
    return (post, standing) if rules.may_read(standing) else None


def standing_of(post: Post, person: User, role: Role | int | None) -> rules.Standing:
    """How someone of this role in its blog stands before a post."""
    return rules.Standing(
        role=role,
        own=post.author_id == person.pk,
        orphan=post.author_id is None,
        state=State(post.state),
        circuit=Circuit(post.blog.circuit),
        trashed=post.trashed_at is not None,
    )


def narrowed(posts: Posts, filters: Filters) -> Posts:
    """Those of these posts that fit."""
    query = searched(filters.words)
    if query is not None:
        posts = posts.filter(words=query)
    if filters.month is not None:
        first = filters.month
        posts = posts.filter(published_at__year=first.year, published_at__month=first.month)
    if filters.author is not None:
        posts = posts.filter(author__uuid=filters.author)
    if filters.state is not None:
        posts = posts.filter(state=filters.state)
    return posts


def in_order(posts: Posts) -> Posts:
    """What is pinned, then the last to come out; what is not out yet stands by its last change."""
    return posts.order_by("-pinned", Coalesce("published_at", "publish_at", "changed_at").desc(), "-pk")


def months_of(blog: Blog) -> list[tuple[datetime, int]]:
    """The months in which posts came out, the last first, and how many did. A query."""
    rows = _out(blog).annotate(month=TruncMonth("published_at")).values("month").annotate(n=Count("pk"))
    return [(row["month"], row["n"]) for row in rows.order_by("-month")]


def counts_of_states(blog: Blog, person: User, role: Role | int | None) -> dict[str, int]:
    """How many posts someone reads in each state, there. A query."""
    rows = posts_of(blog, person, role).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def is_shared(blog: Blog) -> bool:
    """Whether anybody else sees it. A query."""
    return Grant.objects.filter(resource__in=blog.resource.chain).exists()


def authors_of(blog: Blog, person: User, role: Role | int | None) -> list[User]:
    """Who wrote what someone reads there, by name. A query."""
    rows = posts_of(blog, person, role).order_by().values("author_id")
    return list(User.objects.filter(pk__in=rows).order_by("last_name", "first_name", "pk"))


def neighbours_of(post: Post) -> tuple[Post | None, Post | None]:
    """What came out just before and just after a post that is out, in its blog. Two queries."""
    out = _out(post.blog).defer("body", "text", "words")
    place = (post.published_at, post.pk)
    before = Q(published_at__lt=place[0]) | Q(published_at=place[0], pk__lt=place[1])
    after = Q(published_at__gt=place[0]) | Q(published_at=place[0], pk__gt=place[1])
    return (
        out.filter(before).order_by("-published_at", "-pk").first(),
        out.filter(after).order_by("published_at", "pk").first(),
    )


def comments_of(post: Post, person: User, role: Role | int | None) -> Comments:
    """What someone reads of what is said of a post: the twin of `rules.may_read_comment`."""
    rows = Comment.objects.filter(post=post).select_related("author", "post")
    if role != Role.MANAGE:
        rows = rows.filter(Q(state=Word.PUBLISHED) | Q(author=person))
    return rows.order_by("at", "pk")


def published_comments_of(posts: Iterable[Post]) -> dict[int, list[Comment]]:
    """What everybody reads of what is said of these posts, by post. A query."""
    rows = Comment.objects.filter(post__in=[post.pk for post in posts], state=Word.PUBLISHED)
    found: dict[int, list[Comment]] = defaultdict(list)
    for comment in rows.select_related("author").order_by("at", "pk"):
        found[comment.post_id].append(comment)
    return found


def comments_waiting(blog: Blog) -> Comments:
    """What waits to be read first, the oldest first."""
    rows = Comment.objects.filter(post__blog=blog, post__trashed_at__isnull=True, state=Word.SUBMITTED)
    return rows.select_related("author", "post").order_by("at", "pk")


def seen_comment(
    person: User, uuid: UUID, reach: Reach | None = None
) -> tuple[Comment, rules.Standing] | None:
    """A comment, and how someone stands before its post; None where it is not for them."""
    rows = Comment.objects.filter(uuid=uuid, post__blog__resource__trashed_at__isnull=True)
    found = rows.select_related("author", "post__author", "post__blog__resource").first()
    if found is None:
        return None
    standing = standing_of(found.post, person, role_on(person, found.post.blog.resource, reach))
    own = found.author_id == person.pk
    if not rules.may_read_comment(standing, own=own, state=found.state):
        return None
    return found, standing


def counts_of_comments(posts: Iterable[Post]) -> Mapping[int, int]:
    """How many comments each of these posts bears, by key. A query."""
    rows = Comment.objects.filter(post__in=[post.pk for post in posts], state=Word.PUBLISHED).order_by()
    return dict(rows.values_list("post").annotate(n=Count("pk")))


def searched(words: str) -> SearchQuery | None:
    """What a post is found by: every word, as it is or as a beginning; None where nothing is looked for."""
    asked = [f"{word}:*" for word in fold(words[:TYPED]).split()[:WORDS]]
    return SearchQuery(" & ".join(asked), config="french", search_type="raw") if asked else None


def _readable(person: User, role: Role | int | None) -> Q:
    if role is None:
        return Q(pk__in=[])
    readable = Q(state=State.PUBLISHED) | Q(author=person)
    if role == Role.MANAGE:
        readable |= Q(state__in=[state.value for state in BEFORE_OTHERS])
    return readable


def _with(posts: Posts) -> Posts:
    return posts.select_related("author", "blog__resource", "blog__illustration", "blog__public").defer(
        "words"
    )


def _out(blog: Blog) -> Posts:
    return Post.objects.filter(blog=blog, state=State.PUBLISHED, trashed_at__isnull=True).order_by()


def _of_blog() -> Posts:
    return Post.objects.filter(blog=OuterRef("pk"), trashed_at__isnull=True).order_by()


def _counted(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
