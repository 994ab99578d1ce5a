"""What blogs register in the shell: their door, a pupil's tile, a shortcut, their search, the application."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from accounts.requests import person_of
from blog import rules
from blog.enums import BLOG, State
from blog.lines import cut
from blog.querysets import Filters, blogs_visible_to, narrowed, posts_visible_to
from sharing.reaching import reach_in
from ui import applications, navigation, search, shortcuts, tiles

COVER = "coral"


def register() -> None:
    """To be called in `ready()`."""
    applications.register(
        applications.Application(
            key=BLOG,
            order=40,
            label="Blog",
            icon="photo",
            cover=COVER,
            paths=("/blog/", "/api/v1/blogs/", "/api/v1/blog-posts/", "/api/v1/blog-comments/"),
            closing="Blogs et billets restent à leurs auteurs, et reviennent à la réouverture.",
        )
    )
    navigation.register(
        navigation.Entry(
            key=BLOG,
            order=40,
            label="Blog",
            icon="photo",
            url_name="blog:index",
            cover=COVER,
        )
    )
    tiles.register(
        tiles.Tile(
            key=BLOG,
            order=40,
            label="Le blog",
            drawing="blog",
            cover=COVER,
            url=lambda request: reverse("blog:index"),
        )
    )
    shortcuts.register(
        shortcuts.Shortcut(
            key="blog.write", order=40, label="Écrire dans un blog", icon="pencil", cover=COVER, url=_to_write
        )
    )
    search.register(search.Provider(key=BLOG, order=45, label="Blog", search=_find))


def _to_write(request: HttpRequest) -> str | None:
    """To the blogs of whoever opens some; pupils and relatives find theirs by their tile, or their door."""
    return reverse("blog:index") if rules.may_open_a_blog(person_of(request).profile) else None


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Blogs by their name, then posts that are out by their words."""
    me, reach = person_of(request), reach_in(request)
    blogs = blogs_visible_to(me, reach).filter(resource__title__icontains=words.strip())
    hits = [
        search.Hit(
            url=reverse("blog:blog", args=[blog.resource.uuid]),
            title=blog.resource.title,
            sub=blog.description or "Blog",
            icon="photo",
            cover=COVER,
        )
        for blog in blogs.order_by("-resource__changed_at", "-pk")[:limit]
    ]
    if len(hits) >= limit:
        return hits
    posts = posts_visible_to(me, reach).filter(state=State.PUBLISHED)
    found = narrowed(posts, Filters(words=words)).order_by("-published_at", "-pk")
    return hits + [
        search.Hit(
            url=reverse("blog:post", args=[post.uuid]),
            title=post.title,
            sub=f"{post.blog.resource.title} · {cut(post.text, 80)}".rstrip(" ·"),
            icon="photo",
            cover=COVER,
        )
        for post in found[: limit - len(hits)]
    ]
