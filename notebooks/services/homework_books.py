"""A cahier de textes is begun, named, shared with a class's families; the common machinery does the rest."""

from accounts.models import User
from core import audit
from directory.models import SchoolClass
from notebooks.enums import HOMEWORK_BOOK
from notebooks.errors import NotYourClass
from notebooks.models import HomeworkBook
from notebooks.places import family_groups
from notebooks.services.class_books import require_class
from sharing import rules
from sharing.enums import Role
from sharing.errors import NotAManager
from sharing.models import Grant, Resource
from sharing.querysets import role_on
from sharing.rules import Act
from sharing.services import resources
from sharing.services.share import Shared, share


def begin_book(
    *, by: User, title: str, school_class: SchoolClass | None = None, with_families: bool = False
) -> HomeworkBook:
    """A new book of `by`'s, for one of their classes or for none; shared at once with its pupils and their
    relatives where `with_families`. Raises NotYourBook, NotYourClass, and what sharing refuses."""
    require_class(by, school_class)
    with audit.acting(by=by):
        made = resources.create(owner=by, kind=HOMEWORK_BOOK, title=title, by=by)
        book = HomeworkBook.objects.create(resource=made, school_class=school_class)
        if with_families and school_class is not None:
            share(by=by, resource=made, groups=family_groups(school_class), role=Role.READ)
    return book


def share_with_families(*, by: User, book: HomeworkBook) -> Shared:
    """One click: the pupils of its class and their relatives read it, until the year ends. Raises NotYourClass
    where it has no class, and what sharing refuses."""
    if book.school_class is None:
        raise NotYourClass()
    if not rules.may(role_on(by, book.resource), Act.SHARE):
        raise NotAManager()
    return share(by=by, resource=book.resource, groups=family_groups(book.school_class), role=Role.READ)


def is_shared_with_families(book: HomeworkBook) -> bool:
    """Whether both groups of its class have it. A query or two."""
    if book.school_class is None:
        return False
    groups = family_groups(book.school_class)
    shared = Grant.objects.filter(resource=book.resource_id, group__in=groups).values("group").distinct()
    return bool(groups) and shared.count() == len(groups)


def book_of(resource: Resource) -> HomeworkBook:
    """The book of a resource that a gate let through."""
    book: HomeworkBook = resource.homework_book
    book.resource = resource
    return book
