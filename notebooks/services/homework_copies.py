"""Homework copied: a week onto another, a whole book (last year's) into a new one. Copies are drafts of whoever
copies, so that nothing is told before it was read again; files are copied with them, and become theirs."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import User
from core import audit, clock
from directory.models import SchoolClass
from documents.models import Use
from documents.services import keeping
from notebooks import homework_rules as rules
from notebooks.errors import NothingToCopy, TooManyToCopy
from notebooks.models import HomeworkBook, HomeworkEntry
from notebooks.services.homework_books import begin_book
from notebooks.services.homework_entries import SPACE, label_of, require_writer
from sharing.enums import Role
from sharing.errors import NotAManager

MOST = 2_000


def copy_week(*, by: User, book: HomeworkBook, source: date, target: date) -> int:
    """The entries of a week (its Monday) as drafts of another, day for day; answers how many. Raises NotAWriter,
    NothingToCopy, QuotaExceeded."""
    require_writer(by, book)
    rows = _standing(book).filter(due_on__gte=source, due_on__lt=source + rules.WEEK)
    with audit.acting(by=by):
        made = _copy(by, list(rows), book, target - source)
        audit.record(
            "homework.week_copied",
            subject=book.resource.uuid,
            after={"from": source.isoformat(), "to": target.isoformat(), "entries": made},
        )
    return made


def copy_book(
    *,
    by: User,
    source: HomeworkBook,
    title: str,
    first: date,
    school_class: SchoolClass | None = None,
    with_families: bool = False,
) -> HomeworkBook:
    """A new book of `by`'s with all entries of one that they manage, the first week falling on that of `first`.

    Raises NotAWriter or NotAManager for who does not manage it, NothingToCopy, TooManyToCopy, NotYourClass,
    QuotaExceeded.
    """
    if require_writer(by, source) < Role.MANAGE:
        raise NotAManager()
    rows = list(_standing(source)[: MOST + 1])
    if len(rows) > MOST:
        raise TooManyToCopy(most=MOST)
    if not rows:
        raise NothingToCopy()
    shift = rules.monday_of(first) - rules.monday_of(rows[0].due_on)
    with audit.acting(by=by):
        book = begin_book(by=by, title=title, school_class=school_class, with_families=with_families)
        made = _copy(by, rows, book, shift)
        audit.record(
            "homework.book_copied",
            subject=book.resource.uuid,
            after={"of": str(source.resource.uuid), "entries": made},
        )
    return book


def _standing(book: HomeworkBook) -> QuerySet[HomeworkEntry, HomeworkEntry]:
    return HomeworkEntry.objects.filter(book=book, trashed_at__isnull=True).order_by("due_on", "pk")


def _copy(by: User, entries: Sequence[HomeworkEntry], book: HomeworkBook, shift: timedelta) -> int:
    """These entries, moved by so many days, as drafts of `by`'s. Three statements, and those of their files."""
    if not entries:
        raise NothingToCopy()
    now = clock.now()
    made = [
        HomeworkEntry(
            book=book,
            author=by,
            author_name=by.full_name,
            subject=each.subject,
            title=each.title,
            body=each.body,
            text=each.text,
            given_on=each.given_on + shift,
            due_on=each.due_on + shift,
            minutes=each.minutes,
            created_at=now,
            changed_at=now,
        )
        for each in entries
    ]
    HomeworkEntry.objects.bulk_create(made, batch_size=500)
    with_files = set(
        Use.objects.filter(space=SPACE, subject__in=[each.uuid for each in entries]).values_list(
            "subject", flat=True
        )
    )
    for former, new in zip(entries, made, strict=True):
        if former.uuid not in with_files:
            continue
        copies = keeping.copy_pieces(
            by=by, space=SPACE, source=former.uuid, target=new.uuid, label=label_of(new)
        )
        shown = keeping.with_pictures_of(new.body, copies)
        if shown != new.body:
            HomeworkEntry.objects.filter(pk=new.pk).update(body=shown)
    return len(made)
