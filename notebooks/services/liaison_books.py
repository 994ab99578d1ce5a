"""A carnet de liaison is begun and named; the common machinery shares, entrusts and throws it away."""

from accounts.models import User
from core import audit
from directory.enums import GroupKind
from directory.models import Group, SchoolClass
from notebooks.enums import LIAISON_BOOK
from notebooks.models import LiaisonBook
from notebooks.services.class_books import require_class
from sharing.enums import Role
from sharing.models import Resource
from sharing.services import resources
from sharing.services.share import share


def begin_liaison_book(
    *, by: User, title: str, school_class: SchoolClass | None = None, with_direction: bool = False
) -> LiaisonBook:
    """A new carnet of `by`'s, for one of their classes or for none; the direction of its school reads it where
    `with_direction`. Raises NotYourBook, NotYourClass, and what sharing refuses."""
    require_class(by, school_class)
    with audit.acting(by=by):
        made = resources.create(owner=by, kind=LIAISON_BOOK, title=title, by=by)
        book = LiaisonBook.objects.create(resource=made, school_class=school_class)
        if with_direction and school_class is not None:
            direction = Group.objects.filter(school=school_class.school_id, kind=GroupKind.DIRECTION)
            groups = list(direction.select_related("school"))
            if groups:
                share(by=by, resource=made, groups=groups, role=Role.READ)
    return book


def liaison_book_of(resource: Resource) -> LiaisonBook:
    """The carnet of a resource that a gate let through."""
    book: LiaisonBook = resource.liaison_book
    book.resource = resource
    return book
