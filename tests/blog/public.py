"""Public blogs for tests, made by the services that pages call."""

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from accounts.models import User
from blog.enums import State
from blog.models import Blog, Post, PublicBlog
from blog.services import posts, publish
from blog.services.blogs import Settings
from blog.services.public import Choice, create_public
from core.storage import services as storage
from core.storage.models import Blob
from documents.services import keeping
from sharing.models import Resource
from tests.directory.worlds import SchoolWorld

TITLE = "La rentrée, mode d’emploi"
ADDRESS = "la-rentree-mode-d-emploi"
PLACE = f"/blog/pub/{ADDRESS}/"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def opened(world: SchoolWorld, *, title: str = TITLE, **choice: Any) -> PublicBlog:
    """A public blog of the school's, online, by its director."""
    return create_public(
        by=world.director, school=world.school, settings=Settings(title=title), choice=Choice(**choice)
    )


def written(
    by: User, blog: Blog, title: str = "Horaires", body: str = "<p>Le portail ouvre à 8 h 20.</p>"
) -> Post:
    """A draft with a title and words."""
    return posts.save(by=by, post=posts.begin(by=by, blog=blog), title=title, body=body)


def out(
    by: User, blog: Blog, title: str = "Horaires", body: str = "<p>Le portail ouvre à 8 h 20.</p>"
) -> Post:
    """A post that anybody reads."""
    made = publish.publish(by=by, post=written(by, blog, title, body), reminded=True)
    assert made.state == State.PUBLISHED
    return made


def pdf(words: str = "fournitures") -> Blob:
    return storage.receive(file=BytesIO(PDF + words.encode()), name="liste.pdf").blob


def picture() -> Blob:
    made = BytesIO()
    Image.new("RGB", (8, 6), "green").save(made, "PNG")
    made.seek(0)
    return storage.receive(file=made, name="cour.png").blob


def joined(by: User, post: Post, blob: Blob | None = None, name: str = "Liste du CP.pdf") -> Resource:
    """A file of a post, by the door that pages use."""
    return keeping.join(by=by, space="blog", subject=post.uuid, blob=blob or pdf(), name=name)


LATER = date(2026, 12, 31)
