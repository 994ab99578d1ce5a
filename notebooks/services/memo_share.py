"""Sharing in the name of each pupil of a class, in one act: a share by name survives the turn of the year, one
with the class's group ends with it."""

from dataclasses import dataclass

from accounts.enums import Profile
from accounts.models import User
from core import audit
from directory.enums import GroupKind
from directory.models import Group, SchoolClass
from directory.querysets import members_of, people_visible_to, standpoint_of
from directory.querysets.groups import schools_disclosing_to
from notebooks.memo_errors import NobodyInThisClass, NotYourClass
from notebooks.services.memo_hold import hold_book
from notebooks.services.memo_pages import add_pages
from sharing.enums import Role
from sharing.models import Resource
from sharing.services.share import share


@dataclass(frozen=True, slots=True)
class InTheirNames:
    """How many pupils and relatives a book was shared with by name, and how many pages were added for pupils."""

    pupils: int
    relatives: int
    pages: int


def share_with_class(
    *,
    by: User,
    book: Resource,
    school_class: SchoolClass,
    role: Role = Role.READ,
    relatives: bool = False,
    pages: bool = False,
) -> InTheirNames:
    """Shares a book with each pupil of a class by name, as `role` at least; with their `relatives` too, who
    read. `pages`: one is added for each pupil, in their name.

    Raises NotYourClass, NobodyInThisClass, and what sharing raises.
    """
    with audit.acting(by=by):
        fresh = hold_book(by, book, Role.READ)
        children = people_of(by, school_class, Profile.PUPIL, but=fresh.owner_id)
        parents = people_of(by, school_class, Profile.RELATIVE, but=fresh.owner_id) if relatives else []
        if not children and not parents:
            raise NobodyInThisClass()
        if children:
            share(by=by, resource=fresh, persons=children, role=role)
        if parents:
            share(by=by, resource=fresh, persons=parents, role=Role.READ)
        made = add_pages(by=by, book=fresh, authors=children) if pages and role >= Role.CONTRIBUTE else []
    return InTheirNames(len(children), len(parents), len(made))


def people_of(by: User, school_class: SchoolClass, profile: Profile, *, but: int | None = None) -> list[User]:
    """The people of a class, of one profile, whom `by` may see and share with. Raises NotYourClass."""
    if not schools_disclosing_to(standpoint_of(by), [school_class.school_id]):
        raise NotYourClass()
    groups = Group.objects.filter(kind=GroupKind.CLASS, school_class=school_class, profile=profile)
    members = members_of(list(groups)).values("pk")
    found = people_visible_to(by).filter(pk__in=members)
    if but is not None:
        found = found.exclude(pk=but)
    return list(found.order_by("sort_name", "pk"))
