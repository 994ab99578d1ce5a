"""A blog and a notebook that a school keeps: its own administrators have them among theirs, those from above at the
school's page, and at their addresses."""

import pytest

from accounts.models import User
from blog.models import Blog
from notebooks.enums import HOMEWORK_BOOK
from sharing.enums import Role
from sharing.models import Resource
from sharing.querysets import few_within, reach_of
from tests.accounts.factories import PersonFactory
from tests.blog.factories import BlogWorld, blog_world, fresh, share, signed_in
from tests.directory.factories import AdministratorFactory
from tests.notebooks.factories import homework_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> BlogWorld:
    """A blog and a notebook, nobody's but their school's."""
    world = blog_world()
    book = homework_book(world.teacher, world.room.school_class)
    Resource.objects.filter(pk__in=[world.blog.pk, book.pk]).update(
        owner=None, owner_school=world.school.school
    )
    return world


@pytest.fixture
def above(world: BlogWorld) -> User:
    person = PersonFactory(staff=True)
    AdministratorFactory(person=person, of_academy=True, academy=world.school.school.academy)
    return person


def _listed(person: User, blog: Blog) -> list[bool]:
    """Whether the blog is in one's blogs, page and API; whether there is a notebook in one's notebooks."""
    client = signed_in(person)
    title = fresh(blog).resource.title
    return [
        title in client.get("/blog/").content.decode(),
        any(each["title"] == title for each in client.get("/api/v1/blogs/").json()["results"]),
        bool(client.get("/api/v1/notebooks/").json()),
    ]


def test_its_director_has_them_among_theirs(world: BlogWorld) -> None:
    assert _listed(world.school.director, world.blog) == [True, True, True]


def test_an_academy_opens_them_and_has_them_in_none_of_its_lists(world: BlogWorld, above: User) -> None:
    assert _listed(above, world.blog) == [False, False, False]
    assert few_within(reach_of(above), ["blog", HOMEWORK_BOOK]) == []
    client = signed_in(above)
    assert client.get(f"/blog/{fresh(world.blog).resource.uuid}/").status_code == 200
    assert client.get(f"/api/v1/blogs/{fresh(world.blog).resource.uuid}/").status_code == 200


def test_what_is_shared_with_them_too_is_in_their_lists(world: BlogWorld, above: User) -> None:
    share(world.blog, above, Role.READ)
    assert _listed(above, world.blog) == [True, True, False]
