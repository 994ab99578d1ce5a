"""The cahier de textes, read: which books someone sees and as what, which entries, and of which child.

The twins of `homework_rules`. Books are resources: sharing says who sees them; what is in the trash is not read.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from core import clock
from directory.models import ScolarityMembership
from notebooks.enums import HOMEWORK_BOOK, Stage
from notebooks.models import HomeworkBook, HomeworkEntry, HomeworkTick
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import visible_to
from sharing.rules import Reach

type Entries = QuerySet[HomeworkEntry, HomeworkEntry]
type Roles = Mapping[int, int]


def books_visible_to(person: User, reach: Reach) -> QuerySet[Resource, Any]:
    """The cahiers de textes that someone sees, with `my_role`."""
    found = visible_to(person, reach).filter(kind=HOMEWORK_BOOK, trashed_at__isnull=True)
    return found.select_related("homework_book__school_class__school", "owner")


def roles_on_books(person: User, reach: Reach) -> dict[int, int]:
    """Someone's role on each cahier de textes that they see, by its key. One query."""
    found: QuerySet[Any, Any] = visible_to(person, reach)
    found = found.filter(kind=HOMEWORK_BOOK, trashed_at__isnull=True)
    return dict(found.order_by().values_list("pk", "my_role"))


def entries_within(roles: Roles, *, today: date | None = None) -> Entries:
    """The entries that stand in these books, for someone of these roles: the gate of whoever reads."""
    writes = [book for book, role in roles.items() if role >= Role.CONTRIBUTE]
    return HomeworkEntry.objects.filter(
        Q(book__in=writes) | Q(book__in=list(roles)) & open_to_readers(today or clock.today()),
        trashed_at__isnull=True,
    ).select_related("book__resource")


def open_to_readers(today: date) -> Q:
    """Published, and given already."""
    return Q(stage=Stage.PUBLISHED, given_on__lte=today)


def entry_visible_to(
    person: User, reach: Reach, uuid: UUID, *, trashed: bool = False
) -> HomeworkEntry | None:
    """One entry, with `my_role` of its book; None where it does not exist for them. With `trashed`, one that was
    taken out of its book, for who may put it back. Two queries."""
    asked = HomeworkEntry.objects.filter(uuid=uuid, trashed_at__isnull=not trashed)
    entry = asked.select_related("book__resource", "author").first()
    if entry is None:
        return None
    seen: QuerySet[Any, Any] = books_visible_to(person, reach).filter(pk=entry.book_id)
    role = seen.values_list("my_role", flat=True).first()
    if role is None or (role < Role.CONTRIBUTE and (trashed or not _is_open(entry))):
        return None
    entry.my_role = role  # type: ignore[attr-defined]
    return entry


def books_by_child(relative: User, children: Collection[int], books: Collection[int]) -> dict[int, set[int]]:
    """Which of these books, that a relative sees, are about which of their children: those shared with a group
    that the child is in, or that the relative is in through them, with the child by name, or of the child's class.
    Three queries."""
    found: dict[int, set[int]] = defaultdict(set)
    if not children or not books:
        return found
    of_group: dict[int, set[int]] = defaultdict(set)
    grants = Grant.objects.filter(resource__in=list(books))
    for book, person, group in grants.values_list("resource_id", "person_id", "group_id"):
        if group is not None:
            of_group[group].add(book)
        elif person in children:
            found[person].add(book)
    through = ScolarityMembership.objects.filter(
        group_id__in=list(of_group), person_id__in=[relative.pk, *children], through_id__in=list(children)
    )
    for group, child in through.values_list("group_id", "through_id"):
        found[child] |= of_group[group]
    of_class = HomeworkBook.objects.filter(
        pk__in=list(books),
        school_class__classattachment__person__in=list(children),
        school_class__classattachment__ended_on__isnull=True,
    )
    for book, child in of_class.values_list("pk", "school_class__classattachment__person"):
        found[child].add(book)
    return found


def ticked(pupils: Collection[int], entries: Collection[int]) -> set[tuple[int, int]]:
    """Which of these entries each of these pupils has done: (pupil, entry). One query."""
    rows = HomeworkTick.objects.filter(pupil__in=list(pupils), entry__in=list(entries))
    return set(rows.values_list("pupil_id", "entry_id"))


def _is_open(entry: HomeworkEntry) -> bool:
    return entry.stage == Stage.PUBLISHED and entry.given_on <= clock.today()
