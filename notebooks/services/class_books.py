"""What is asked, and done, alike of every book of a class: a cahier de textes, a carnet de liaison."""

from accounts.models import User
from core import audit
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from notebooks.errors import NotYourBook, NotYourClass
from notebooks.models.class_book import ClassBook
from notebooks.places import classes_of
from sharing.services import resources


def settle[Book: ClassBook](*, by: User, book: Book, title: str, school_class: SchoolClass | None) -> Book:
    """Its title and its class. A class that it has already stays, whoever teaches it now. Raises NotAManager,
    InTrash, NotYourClass."""
    if school_class is not None and school_class.pk != book.school_class_id:
        require_class(by, school_class)
    with audit.acting(by=by):
        book.resource = resources.rename(by=by, resource=book.resource, title=title)
        type(book)._default_manager.filter(pk=book.pk).update(school_class=school_class)
        book.school_class = school_class
    return book


def require_class(by: User, school_class: SchoolClass | None) -> None:
    """Raises NotYourBook for who is of no team, NotYourClass for a class that is not theirs to begin for."""
    me = standpoint_of(by)
    if not me.in_team:
        raise NotYourBook()
    if school_class is not None and not classes_of(me).filter(pk=school_class.pk).exists():
        raise NotYourClass()
