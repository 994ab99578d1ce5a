"""What blogs tell on the home page: the last posts of a pupil's class, or of a relative's children; what waits to
be read first, for who manages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from accounts.requests import person_of
from blog.enums import BLOG
from blog.lines import PostLine, post_lines
from blog.models import Post
from blog.querysets import blogs_visible_to, published_in, told_by
from core import clock
from directory.models import ScolarityMembership
from sharing.enums import Role
from sharing.models import Grant
from sharing.reaching import few_in, reach_in
from ui import children, panels
from ui.french import counted, when
from ui.navigation import signed_in

SHOWN, ASKED = 3, 60
# Past it a post is no news on a child's cover.
LATELY = timedelta(days=14)
_FOUND = "_blog_lately"
FAMILY = frozenset({Profile.PUPIL, Profile.RELATIVE})


@dataclass(frozen=True, slots=True)
class Waits:
    """A blog where something waits to be read first, and what in words."""

    title: str
    url: str
    words: str


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="blog.latest",
            order=25,
            template="blog/panels/latest.html",
            predicate=lambda request: signed_in(request) and person_of(request).profile in FAMILY,
            context=latest,
            per_child=True,
            later=True,
        )
    )
    panels.register(
        panels.Panel(
            key="blog.waiting",
            order=16,
            template="blog/panels/waiting.html",
            predicate=lambda request: signed_in(request) and person_of(request).profile not in FAMILY,
            context=waiting,
            side=True,
        )
    )
    children.register(children.Teller(key="blog", order=40, lines=by_child))


def latest(request: HttpRequest) -> Mapping[str, Any] | None:
    """The last posts, of one child where their tab is open; nothing to read, no panel."""
    child = children.chosen(request)
    posts = _lately(request)
    if child is not None:
        concerned = _concerned(request, posts)
        posts = [post for post in posts if child.key in concerned[post.blog_id]]
    if not posts:
        return None
    lines: list[PostLine] = post_lines(posts[:SHOWN], person_of(request), Role.READ)
    return {"lines": lines}


def waiting(request: HttpRequest) -> Mapping[str, Any] | None:
    """The blogs where something waits for whoever manages them; nothing waits, no panel. A query."""
    blogs = blogs_visible_to(person_of(request), reach_in(request).at_hand).filter(Q(my_role=Role.MANAGE))
    found: Any = told_by(blogs).filter(Q(waiting__gt=0)).order_by("resource__title", "pk")[:SHOWN]
    lines = []
    for blog in found:
        comments = blog.waiting - blog.posts_waiting
        told = ((blog.posts_waiting, "billet"), (comments, "commentaire"))
        words = " et ".join(counted(number, word) for number, word in told if number)
        lines.append(Waits(blog.resource.title, reverse("blog:waiting", args=[blog.resource.uuid]), words))
    return {"lines": lines} if lines else None


def by_child(request: HttpRequest, asked: Sequence[children.Child]) -> Mapping[int, Sequence[children.Line]]:
    """The last post that concerns each child, where it is of these days. Three queries at most."""
    now = clock.now()
    recent = [post for post in _lately(request) if post.published_at and post.published_at > now - LATELY]
    if not recent:
        return {}
    concerned = _concerned(request, recent)
    found: dict[int, Sequence[children.Line]] = {}
    for child in asked:
        post = next((each for each in recent if child.key in concerned[each.blog_id]), None)
        if post is not None and post.published_at is not None:
            found[child.key] = [
                children.Line(
                    url=reverse("blog:post", args=[post.uuid]),
                    title=post.title,
                    sub=f"{post.blog.resource.title} · {when(post.published_at, now=now)}",
                    icon="photo",
                    cover="coral",
                )
            ]
    return found


def _lately(request: HttpRequest) -> list[Post]:
    """The last posts that someone reads, read once for the request."""
    kept: list[Post] | None = getattr(request, _FOUND, None)
    if kept is None:
        blogs = [blog.pk for blog in few_in(request, BLOG)]
        kept = list(published_in(blogs).defer("body", "words")[:ASKED]) if blogs else []
        setattr(request, _FOUND, kept)
    return kept


def _concerned(request: HttpRequest, posts: Sequence[Post]) -> Mapping[int, set[int]]:
    """By which children each blog is someone's, by keys; by all of them, where it is shared in their own name.
    Two queries."""
    reach, me = reach_in(request), person_of(request)
    posted = {post.blog_id for post in posts}
    chains = {blog.pk: blog.chain for blog in few_in(request, BLOG) if blog.pk in posted}
    keys = {key for chain in chains.values() for key in chain}
    mine = Q(person=me) | Q(group__in=list(reach.groups))
    grants = list(Grant.objects.filter(mine, resource__in=keys).values_list("resource", "person", "group"))
    through: dict[int, set[int]] = defaultdict(set)
    groups = {group for _, _, group in grants if group is not None}
    rows = ScolarityMembership.objects.filter(group_id__in=list(groups), person_id=me.pk)
    for group, child in rows.values_list("group_id", "through_id"):
        through[group].add(child)
    everybody = {child.key for child in children.of(request)}
    found: dict[int, set[int]] = defaultdict(set)
    for resource, person, group in grants:
        by = everybody if person is not None else through[group] or everybody
        for blog, chain in chains.items():
            if resource in chain:
                found[blog] |= by
    return found
