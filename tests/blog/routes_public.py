"""Rows of the table of routes: the school's public blog, opened by its director; their own private one."""

from typing import Any

from blog.models import Blog, Post, PublicBlog
from blog.services.blogs import Settings, open_blog
from blog.services.public import Choice, create_public
from documents.models import Use
from tests.blog.public import joined, out, written
from tests.house.rows import ADMINISTRATORS, Row, public, row
from tests.house.world import DIRECTOR, SCHOOL_ADMINS, HouseWorld

TITLE, OWN = "La rentrée", "Le carnet du directeur"


def _public(world: HouseWorld) -> PublicBlog:
    found = PublicBlog.objects.filter(blog__resource__title=TITLE).select_related("blog__resource").first()
    return found or create_public(
        by=world.people[DIRECTOR],
        school=world.school,
        settings=Settings(title=TITLE),
        choice=Choice(address="la-rentree"),
    )


def address(world: HouseWorld) -> dict[str, Any]:
    return {"address": _public(world).address_id}


def document(world: HouseWorld) -> dict[str, Any]:
    blog, me = _public(world).blog, world.people[DIRECTOR]
    post = Post.objects.filter(blog=blog, title="Horaires").first() or out(me, blog)
    use = Use.objects.filter(subject=post.uuid).first()
    return address(world) | {"uuid": use.file.resource.uuid if use else joined(me, post).uuid}


def blog(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _public(world).blog.resource.uuid}


def own(world: HouseWorld) -> dict[str, Any]:
    me = world.people[DIRECTOR]
    found = Blog.objects.filter(resource__title=OWN).first()
    return {"uuid": (found or open_blog(by=me, settings=Settings(title=OWN))).resource.uuid}


def draft(world: HouseWorld) -> dict[str, Any]:
    me, there = world.people[DIRECTOR], _public(world).blog
    found = Post.objects.filter(blog=there, title="Cantine").first()
    return {"uuid": (found or written(me, there, "Cantine")).uuid}


def _acts(**rest: Any) -> Row:
    return row(*SCHOOL_ADMINS, good=302, address=blog, method="post", **rest)


def _api(*kinds: str, good: int = 200, **rest: Any) -> Row:
    return row(*(kinds or SCHOOL_ADMINS), good=good, anonymous=403, **rest)


PAGES: dict[str, Row] = {
    "blog:public": public(address=address),
    "blog:public_page": public(address=lambda world: address(world) | {"number": 1}),
    "blog:public_atom": public(address=address),
    "blog:public_card": public(address=address),
    "blog:public_document": public(address=document),
    "blog:public_address": row(*ADMINISTRATORS, query="?title=Horaires"),
    "blog:public_settings": row(*SCHOOL_ADMINS, address=blog),
    "blog:public_open": row(DIRECTOR, good=302, address=own, method="post"),
    "blog:public_offline": _acts(),
    "blog:public_online": _acts(),
    "blog:public_private": _acts(),
    "blog:public_poster": row(*SCHOOL_ADMINS, address=blog),
    "blog:public_poster_file": row(*SCHOOL_ADMINS, address=blog),
    "blog:public_remind": row(DIRECTOR, address=draft),
}
API: dict[str, Row] = {
    "public-blogs": _api(
        good=201,
        method="post",
        data=lambda world: {"school": str(world.school.uuid), "title": "Les horaires"},
    ),
    "public-blog": _api(address=blog),
    "public-blog-offline": _api(address=blog, method="post"),
    "public-blog-online": _api(address=blog, method="post"),
    "public-blog-poster": _api(address=blog),
}
