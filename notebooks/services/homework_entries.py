"""Homework: begun, written, published, taken out of the book and put back, erased for good."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from accounts import assurance
from accounts.models import User
from core import audit, clock
from documents.models import Use
from documents.services import keeping
from notebooks import homework_rules as rules
from notebooks.enums import Stage
from notebooks.errors import NotAWriter, NothingWritten, OutOfTheBook, WrongDays
from notebooks.homework_news import GIVEN
from notebooks.models import HomeworkBook, HomeworkEntry
from notebooks.models.homework import SUBJECT_LENGTH, TITLE_LENGTH
from sharing.enums import Role
from sharing.querysets import role_on, told_of
from sharing.services import resources
from timeline.services.record import Happening, record
from ui import rich_text

SPACE = "homework"
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that a form of an entry holds; `body` is HTML as it came."""

    subject: str
    title: str
    body: str
    given_on: date
    due_on: date
    minutes: int | None = None


def begin(*, by: User, book: HomeworkBook, due_on: date | None = None) -> HomeworkEntry:
    """A draft of `by`'s, due a day (the next one of school where none is said). One that they began and left
    empty is used again, so that none pile up. Raises NotAWriter."""
    require_writer(by, book)
    today = clock.today()
    due = due_on or rules.next_weekday(today)
    given = min(today, due)
    with audit.acting(by=by):
        empty = HomeworkEntry.objects.select_for_update(no_key=True).filter(
            book=book,
            author=by,
            stage=Stage.DRAFT,
            subject="",
            title="",
            text="",
            body="",
            trashed_at__isnull=True,
        )
        for found in empty.order_by("-pk")[:1]:
            if not Use.objects.filter(space=SPACE, subject=found.uuid).exists():
                found.given_on, found.due_on, found.changed_at = given, due, clock.now()
                found.save(update_fields=["given_on", "due_on", "changed_at"])
                return found
        now = clock.now()
        return HomeworkEntry.objects.create(
            book=book,
            author=by,
            author_name=by.full_name,
            given_on=given,
            due_on=due,
            created_at=now,
            changed_at=now,
        )


def write(*, by: User, entry: HomeworkEntry, words: Words) -> HomeworkEntry:
    """Keeps all that the form holds. Raises NotAWriter, OutOfTheBook, WrongDays; NothingWritten where what is
    published would say nothing any more."""
    if not timedelta(0) <= words.due_on - words.given_on <= LONGEST:
        raise WrongDays()
    with audit.acting(by=by):
        found = _held(by, entry)
        found.subject = _line(words.subject, SUBJECT_LENGTH)
        found.title = _line(words.title, TITLE_LENGTH)
        found.body = rich_text.clean(words.body)
        found.text = rich_text.plain(found.body)
        found.given_on, found.due_on, found.minutes = words.given_on, words.due_on, words.minutes
        found.changed_at = clock.now()
        found.save()
        keeping.settle_pictures(
            by=by, space=SPACE, subject=found.uuid, html=found.body, label=label_of(found)
        )
        keeping.rename_uses(space=SPACE, subject=found.uuid, label=label_of(found))
        if found.stage == Stage.PUBLISHED:
            _require_words(found)
            resources.touch(found.book.resource)
            audit.record("homework.edited", subject=found.uuid, after=_told(found))
    return found


def publish(*, by: User, entry: HomeworkEntry) -> HomeworkEntry:
    """Its readers see it from the day that it is given on; they are told then, once. Raises NotAWriter,
    OutOfTheBook, NothingWritten."""
    with audit.acting(by=by):
        found = _held(by, entry)
        if found.stage == Stage.PUBLISHED:
            return found
        _require_words(found)
        first = found.published_at is None
        found.stage, found.published_at = Stage.PUBLISHED, found.published_at or clock.now()
        found.save(update_fields=["stage", "published_at"])
        book = resources.touch(found.book.resource)
        if first:
            persons, groups = told_of(book)
            record(
                Happening(
                    kind=GIVEN,
                    by=by.uuid,
                    persons=persons,
                    groups=groups,
                    resource=book.pk,
                    about=found.uuid,
                )
            )
        audit.record("homework.published", subject=found.uuid, after=_told(found))
    return found


def publish_week(*, by: User, book: HomeworkBook, monday: date) -> int:
    """All drafts of a week that `by` may change and that say something; answers how many. Raises NotAWriter."""
    role = require_writer(by, book)
    rows = HomeworkEntry.objects.filter(
        book=book,
        stage=Stage.DRAFT,
        trashed_at__isnull=True,
        due_on__gte=monday,
        due_on__lt=monday + rules.WEEK,
    )
    done = 0
    with audit.acting(by=by):
        for entry in rows.select_related("book__resource").order_by("due_on", "pk"):
            if rules.changes(role, own=entry.author_id == by.pk) and _says_something(entry):
                publish(by=by, entry=entry)
                done += 1
    return done


def unpublish(*, by: User, entry: HomeworkEntry) -> HomeworkEntry:
    """A draft again: its readers see it no more. Raises NotAWriter, OutOfTheBook."""
    with audit.acting(by=by):
        found = _held(by, entry)
        if found.stage == Stage.PUBLISHED:
            found.stage = Stage.DRAFT
            found.save(update_fields=["stage"])
            audit.record("homework.unpublished", subject=found.uuid, before=_told(found))
    return found


def take_out(*, by: User, entry: HomeworkEntry) -> HomeworkEntry:
    """Out of the book, the first step: what its pupils ticked stays with it. Raises NotAWriter, OutOfTheBook."""
    with audit.acting(by=by):
        found = _held(by, entry)
        found.trashed_at = clock.now()
        found.save(update_fields=["trashed_at"])
        audit.record("homework.taken_out", subject=found.uuid, before=_told(found))
    return found


def put_back(*, by: User, entry: HomeworkEntry) -> HomeworkEntry:
    """Where it was, as it was. Raises NotAWriter, OutOfTheBook."""
    with audit.acting(by=by):
        found = _held(by, entry, out=True)
        found.trashed_at = None
        found.save(update_fields=["trashed_at"])
        audit.record("homework.put_back", subject=found.uuid, after=_told(found))
    return found


def erase(*, by: User, entry: HomeworkEntry) -> None:
    """For good, the second step; its files stay their owners’. Raises NotAWriter, OutOfTheBook, LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        found = _held(by, entry, out=True)
        audit.record("homework.erased", subject=found.uuid, before=_told(found))
        keeping.release(space=SPACE, subjects=[found.uuid])
        found.delete()


def require_writer(by: User, book: HomeworkBook) -> Role:
    """The role of whoever writes in this book. Raises NotAWriter."""
    role = role_on(by, book.resource)
    if role is None or role < Role.CONTRIBUTE or book.resource.trashed_at is not None:
        raise NotAWriter()
    return role


def require_change(by: User, entry: HomeworkEntry) -> None:
    """Raises NotAWriter unless `by` may change this entry now."""
    role = role_on(by, entry.book.resource)
    if not rules.changes(role, own=entry.author_id == by.pk):
        raise NotAWriter()


def label_of(entry: HomeworkEntry) -> str:
    """What the entry is called where its files are listed."""
    return " · ".join(filter(None, [entry.subject, entry.title or entry.text[:60]])) or "Devoir"


def _held(by: User, entry: HomeworkEntry, *, out: bool = False) -> HomeworkEntry:
    """As it is now, its row held; in its book, or out of it."""
    rows = HomeworkEntry.objects.select_for_update(of=("self",), no_key=True).select_related("book__resource")
    found = rows.filter(pk=entry.pk).first()
    if found is None or (found.trashed_at is not None) != out:
        raise OutOfTheBook()
    require_change(by, found)
    return found


def _says_something(entry: HomeworkEntry) -> bool:
    return bool(
        entry.title or entry.body.strip() or Use.objects.filter(space=SPACE, subject=entry.uuid).exists()
    )


def _require_words(entry: HomeworkEntry) -> None:
    if not _says_something(entry):
        raise NothingWritten()


def _line(text: str, length: int) -> str:
    """One line, whose no-break spaces are the writer's."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()[:length]


def _told(entry: HomeworkEntry) -> dict[str, str]:
    return {
        "book": str(entry.book.resource.uuid),
        "subject": entry.subject,
        "title": entry.title,
        "due_on": entry.due_on.isoformat(),
    }
