"""Rows of the table of routes: the blog of the class's teacher; its pupils contribute, its relatives comment."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.enums import Profile
from accounts.models import User
from blog.enums import Word
from blog.jobs import NAME
from blog.models import Blog, Comment, Post
from blog.services import blogs, comments, posts, publish, trash
from core.models import Job, JobState
from core.storage.services import receive
from directory.models import Group
from documents.pieces import pieces_of
from sharing.enums import Role
from tests.blog import routes_public
from tests.blog.factories import draft, joined, opened, picture
from tests.house.rows import TEAM, Row, row, signed_in
from tests.house.world import OTHER_DIRECTOR, PUPIL, RELATIVE, TEACHER, HouseWorld
from tests.sharing.factories import GrantFactory

TITLE = "La vie de la classe"
READERS, WRITERS = (PUPIL, RELATIVE, TEACHER), (PUPIL, TEACHER)


def _blog(world: HouseWorld) -> Blog:
    found = Blog.objects.filter(resource__title=TITLE).select_related("resource", "illustration").first()
    if found is None:
        found = opened(world.people[TEACHER], TITLE)
        blogs.illustrate(by=world.people[TEACHER], blog=found, file=picture())
        found = Blog.objects.select_related("resource", "illustration").get(pk=found.pk)
        for profile, role in ((Profile.PUPIL, Role.CONTRIBUTE), (Profile.RELATIVE, Role.COMMENT)):
            group = Group.objects.get(school_class=world.school_class, profile=profile)
            GrantFactory(resource=found.resource, person=None, group=group, role=role, year=2026)
    return found


def blog(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _blog(world).resource.uuid}


def _of(world: HouseWorld, who: str, title: str) -> tuple[User, Post | None]:
    person = world.people[who]
    return person, Post.objects.filter(author=person, title=title).first()


def out(world: HouseWorld) -> dict[str, Any]:
    """The teacher's, published."""
    person, found = _of(world, TEACHER, "La mare")
    found = found or publish.publish(by=person, post=draft(person, _blog(world)))
    return {"uuid": found.uuid}


def pupils(world: HouseWorld) -> dict[str, Any]:
    """A pupil's draft."""
    person, found = _of(world, PUPIL, "Mon chat")
    return {"uuid": (found or draft(person, _blog(world), "Mon chat")).uuid}


def waits(world: HouseWorld) -> dict[str, Any]:
    """A pupil's, submitted."""
    person, found = _of(world, PUPIL, "Mon chien")
    found = found or posts.submit(by=person, post=draft(person, _blog(world), "Mon chien"))
    return {"uuid": found.uuid}


def pictured(world: HouseWorld) -> dict[str, Any]:
    """A pupil's draft that bears a picture."""
    person, found = _of(world, PUPIL, "Ma photo")
    if found is None:
        found = draft(person, _blog(world), "Ma photo")
        joined(person, found)
    return {"uuid": found.uuid}


def piece(world: HouseWorld) -> dict[str, Any]:
    address = pictured(world)
    return address | {"piece": pieces_of("blog", [address["uuid"]])[address["uuid"]][0].uuid}


def thrown(world: HouseWorld) -> dict[str, Any]:
    """A pupil's draft, in the trash."""
    person, found = _of(world, PUPIL, "Raté")
    found = found or trash.trash(by=person, post=draft(person, _blog(world), "Raté"))
    return {"uuid": found.uuid}


def said(world: HouseWorld) -> dict[str, Any]:
    """A relative's comment, which waits."""
    relative = world.people[RELATIVE]
    found = Comment.objects.filter(author=relative, state=Word.SUBMITTED).first()
    if found is None:
        post = Post.objects.get(**out(world))
        found = comments.say(by=relative, post=post, text="Bravo")
    return {"uuid": found.uuid}


def job(world: HouseWorld) -> dict[str, Any]:
    """A drawing that the teacher started, and that did not go on."""
    address = blog(world)
    found = Job.objects.filter(name=NAME).first()
    if found is None:
        found = Job.objects.create(
            name=NAME,
            label="Blog en PDF",
            actor=world.people[TEACHER].uuid,
            arguments={"blog": str(address["uuid"])},
            clock_shift=world.job.clock_shift,
        )
    return address | {"job": found.uuid}


def drawn(world: HouseWorld) -> dict[str, Any]:
    """One that is done, with its file."""

    address = blog(world)
    found = Job.objects.filter(name=NAME, state=JobState.DONE).first()
    if found is None:
        kept = receive(file=SimpleUploadedFile("b.pdf", b"%PDF-1.4\n"), name="b.pdf")
        found = Job.objects.create(
            name=NAME,
            label="Blog en PDF",
            actor=world.people[TEACHER].uuid,
            arguments={"blog": str(address["uuid"])},
            clock_shift=world.job.clock_shift,
            state=JobState.DONE,
            finished_at=timezone.now(),
            result={"blob": str(kept.blob.uuid), "name": "b.pdf"},
        )
    return address | {"job": found.uuid}


def _but(answered: Row, **others: int) -> Row:
    """A row in which some kinds get another answer."""
    return replace(answered, answers={**answered.answers, **others})


PAGES: dict[str, Row] = {
    "blog:index": signed_in(),
    "blog:create": row(*TEAM, OTHER_DIRECTOR),
    "blog:blog": row(*READERS, address=blog),
    "blog:settings": row(TEACHER, address=blog),
    "blog:illustration": row(*READERS, address=blog),
    "blog:copy": row(TEACHER, address=blog),
    "blog:begin": row(*WRITERS, RELATIVE, good=302, method="post", address=blog),
    "blog:waiting": row(TEACHER, address=blog),
    "blog:bin": row(*READERS, address=blog),
    "blog:print": row(*READERS, address=blog),
    "blog:pdf_start": row(*READERS, good=302, method="post", address=blog),
    "blog:pdf": row(TEACHER, address=job),
    "blog:pdf_file": row(TEACHER, address=drawn),
    "blog:post": row(*READERS, address=out),
    "blog:edit": row(PUPIL, address=pupils),
    "blog:publish": row(*WRITERS, good=302, method="post", address=waits),
    "blog:submit": row(PUPIL, good=302, method="post", address=pupils),
    "blog:take_back": row(*WRITERS, good=302, method="post", address=waits),
    "blog:send_back": row(
        *WRITERS, good=302, method="post", address=waits, data=lambda world: {"mot": "Relis."}
    ),
    "blog:pin": row(*READERS, good=302, method="post", address=out, data=lambda world: {"epingle": "1"}),
    "blog:throw": row(PUPIL, good=302, method="post", address=pupils),
    "blog:restore": row(PUPIL, good=302, method="post", address=thrown),
    "blog:erase": row(PUPIL, address=thrown),
    "blog:blur": row(PUPIL, address=pictured),
    "blog:blur_source": row(PUPIL, address=piece),
    "blog:say": row(
        *READERS, good=302, method="post", address=out, data=lambda world: {"texte": f"Oh {uuid4()}"}
    ),
    "blog:comment": _but(row(RELATIVE, address=said), teacher=302),
    "blog:comment_publish": row(RELATIVE, TEACHER, good=302, method="post", address=said),
    "blog:comment_send_back": row(
        RELATIVE, TEACHER, good=302, method="post", address=said, data=lambda world: {"mot": "Relis."}
    ),
    "blog:comment_delete": row(RELATIVE, TEACHER, good=302, method="post", address=said),
}

API: dict[str, Row] = {
    "blogs-list": signed_in(anonymous=403),
    "blogs-detail": row(*READERS, anonymous=403, address=blog),
    "blogs-illustration": row(*READERS, anonymous=403, address=blog),
    "blogs-copy": _but(
        row(TEACHER, good=201, anonymous=403, address=blog, method="post"), pupil=403, relative=403
    ),
    "blogs-posts": row(*READERS, anonymous=403, address=blog),
    "blogs-trash": row(*READERS, anonymous=403, address=blog),
    "blogs-waiting": row(TEACHER, anonymous=403, address=blog),
    "blogs-not-pictured": row(*READERS, anonymous=403, address=blog),
    "blogs-pdf": row(*READERS, good=202, anonymous=403, address=blog, method="post"),
    "blogs-pdf-file": row(TEACHER, anonymous=403, address=drawn),
    "blog-posts-detail": row(*READERS, anonymous=403, address=out),
    "blog-posts-publish": _but(row(TEACHER, anonymous=403, address=waits, method="post"), pupil=409),
    "blog-posts-submit": row(PUPIL, anonymous=403, address=pupils, method="post"),
    "blog-posts-take-back": _but(row(PUPIL, anonymous=403, address=waits, method="post"), teacher=409),
    "blog-posts-send-back": _but(
        row(TEACHER, anonymous=403, address=waits, method="post", data=lambda world: {"word": "Relis."}),
        pupil=403,
    ),
    "blog-posts-pin": _but(
        row(TEACHER, anonymous=403, address=out, method="post", data=lambda world: {"on": True}),
        pupil=403,
        relative=403,
    ),
    "blog-posts-trash": row(PUPIL, anonymous=403, address=pupils, method="post"),
    "blog-posts-restore": row(PUPIL, anonymous=403, address=thrown, method="post"),
    "blog-posts-blurred": row(
        PUPIL,
        good=201,
        anonymous=403,
        address=pictured,
        method="post",
        data=lambda world: {"file": picture("red")},
    ),
    "blog-posts-comments": row(*READERS, anonymous=403, address=out),
    "blog-comments-detail": row(TEACHER, RELATIVE, good=204, anonymous=403, address=said, method="delete"),
    "blog-comments-publish": _but(row(TEACHER, anonymous=403, address=said, method="post"), relative=403),
    "blog-comments-send-back": _but(
        row(TEACHER, anonymous=403, address=said, method="post", data=lambda world: {"word": "Relis."}),
        relative=403,
    ),
}

PAGES |= routes_public.PAGES
API |= routes_public.API
