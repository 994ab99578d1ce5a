"""Blogs for tests: opened, written and published by the services, so that what is tested is what happens."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.enums import Profile
from accounts.models import User
from blog.enums import BLOG, Circuit, Talk
from blog.models import Blog, Post
from blog.services import blogs, posts, publish
from blog.services.blogs import Settings
from core import invariants
from core.storage.services import receive
from directory.models import Group
from documents.services import keeping
from sharing.enums import Role
from tests.directory.worlds import ClassWorld, SchoolWorld, school_world
from tests.sharing.factories import GrantFactory


@dataclass
class BlogWorld:
    """A school of two classes; the blog of the first one's teacher."""

    school: SchoolWorld
    room: ClassWorld
    blog: Blog

    @property
    def teacher(self) -> User:
        return self.room.teacher

    @property
    def pupil(self) -> User:
        return self.room.pupils[0]

    @property
    def classmate(self) -> User:
        return self.room.pupils[1]

    @property
    def relative(self) -> User:
        return self.room.relatives[0]

    @property
    def neighbour(self) -> User:
        return self.school.classes[1].teacher

    @property
    def stranger(self) -> User:
        return self.school.classes[1].pupils[0]


def group_of(room: ClassWorld, profile: Profile) -> Group:
    found: Group = Group.objects.get(school_class=room.school_class, profile=profile)
    return found


def share(blog: Blog, whom: User | Group, role: Role = Role.READ) -> None:
    if isinstance(whom, Group):
        GrantFactory(resource=blog.resource, person=None, group=whom, role=role, year=2026)
    else:
        GrantFactory(resource=blog.resource, person=whom, role=role)


def opened(
    by: User,
    title: str = "Le blog des CE2",
    *,
    circuit: Circuit = Circuit.REVIEWED,
    comments: Talk = Talk.REVIEWED,
) -> Blog:
    return blogs.open_blog(by=by, settings=Settings(title=title, circuit=circuit, comments=comments))


def blog_world(*, circuit: Circuit = Circuit.REVIEWED, comments: Talk = Talk.REVIEWED) -> BlogWorld:
    school = school_world(classes=2)
    room = school.classes[0]
    blog = opened(room.teacher, circuit=circuit, comments=comments)
    share(blog, group_of(room, Profile.PUPIL), Role.CONTRIBUTE)
    share(blog, group_of(room, Profile.RELATIVE), Role.COMMENT)
    share(blog, school.classes[1].teacher, Role.READ)
    return BlogWorld(school, room, blog)


def draft(by: User, blog: Blog, title: str = "La mare", body: str = "<p>Trois grenouilles.</p>") -> Post:
    return posts.save(by=by, post=posts.begin(by=by, blog=blog), title=title, body=body)


def published(by: User, blog: Blog, title: str = "La mare", body: str = "<p>Trois grenouilles.</p>") -> Post:
    return publish.publish(by=by, post=draft(by, blog, title, body))


def submitted(by: User, blog: Blog, title: str = "La mare") -> Post:
    return posts.submit(by=by, post=draft(by, blog, title))


def picture(colour: str = "teal", name: str = "mare.png") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/png")


def joined(by: User, post: Post, colour: str = "teal", *, inline: bool = False) -> UUID:
    """A picture joined to a post; answers its UUID."""
    received = receive(file=picture(colour), name="mare.png")
    made = keeping.join(
        by=by, space=BLOG, subject=post.uuid, blob=received.blob, name=received.name, inline=inline
    )
    found: UUID = made.uuid
    return found


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fresh(thing: Any) -> Any:
    """A row as it is now."""
    return type(thing)._base_manager.get(pk=thing.pk)


def broken() -> list[str]:
    """The invariants that do not hold."""
    return [each.invariant.name for each in invariants.run_all()]
