"""Homework as families read it: of a pupil, whatever the books it comes from; and as a book's page shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from core import clock
from core.text import fold
from documents.pieces import Piece, pieces_of
from notebooks import homework_rules as rules
from notebooks.enums import Stage
from notebooks.homework_querysets import (
    Roles,
    books_by_child,
    entries_within,
    open_to_readers,
    roles_on_books,
    ticked,
)
from notebooks.models import HomeworkEntry
from notebooks.services.homework_entries import SPACE
from sharing.rules import Reach
from ui.french import counted, day, day_short

# Further than these days, a week is told with its year.
FAR = 180


@dataclass(frozen=True, slots=True)
class Homework:
    """An entry as a page shows it. `done` is the mark of the pupil it is shown for; `own`: whoever reads may
    change it; `waits`: its readers will see it from the day that it is given on."""

    entry: HomeworkEntry
    done: bool = False
    changes: bool = False
    pieces: Sequence[Piece] = ()

    @property
    def cover(self) -> str:
        return rules.cover_of(self.entry.subject, fold(self.entry.subject))

    @property
    def draft(self) -> bool:
        return self.entry.stage == Stage.DRAFT

    @property
    def waits(self) -> bool:
        return not self.draft and self.entry.given_on > clock.today()

    @property
    def name(self) -> str:
        """What stands first: its title, else its first words."""
        return self.entry.title or self.entry.text.split("\n")[0][:120] or "Devoir"

    @property
    def more(self) -> str:
        """Its words, where the name is not made of them."""
        return self.entry.text if self.entry.title else self.entry.text[len(self.name) :].strip()

    @property
    def length(self) -> str:
        """« 20 min »."""
        minutes = self.entry.minutes
        return f"{minutes}\u00a0min" if minutes else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a week and what is due on it."""

    date: date
    works: Sequence[Homework]

    @property
    def when(self) -> str:
        """« past », « now » or « » for what comes."""
        today = clock.today()
        return "now" if self.date == today else "past" if self.date < today else ""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of school, from its Monday."""

    monday: date
    days: Sequence[Day]

    @property
    def before(self) -> date:
        return self.monday - rules.WEEK

    @property
    def after(self) -> date:
        return self.monday + rules.WEEK

    @property
    def current(self) -> bool:
        return self.monday == rules.monday_of(clock.today())

    @property
    def label(self) -> str:
        """« Semaine du 14 au 18 septembre »."""
        friday = self.monday + timedelta(days=rules.SCHOOL_DAYS - 1)
        month = day(friday).rsplit(" ", 1)[1]
        first = day(self.monday).split(" ")
        if self.monday.month == friday.month:
            first.pop()
        year = f" {friday.year}" if abs((friday - clock.today()).days) > FAR else ""
        last = day(friday).split(" ")[1]
        return f"Semaine du {' '.join(first[1:])} au {last} {month}{year}"

    @property
    def works(self) -> list[Homework]:
        return [work for each in self.days for work in each.works]

    @property
    def done(self) -> int:
        return sum(work.done for work in self.works)

    @property
    def left(self) -> int:
        return len(self.works) - self.done


def week_of(works: Iterable[Homework], monday: date) -> Week:
    """These works, day by day; a week-end where something is due then."""
    by_day: dict[date, list[Homework]] = defaultdict(list)
    for work in works:
        by_day[work.entry.due_on].append(work)
    more = any(each.weekday() >= rules.SCHOOL_DAYS for each in by_day)
    return Week(monday, [Day(each, by_day[each]) for each in rules.days_of(monday, more=more)])


def homework_of(
    reader: User,
    pupil: User,
    reach: Reach,
    *,
    since: date | None = None,
    until: date | None = None,
    past: int = 0,
    most: int = 200,
    files: bool = False,
    roles: Roles | None = None,
) -> list[Homework]:
    """What a pupil has to do from a day to before another, as themself or one of their relatives reads it now.

    Five queries at most for a relative, three for a pupil; one more with their files, one less where their `roles`
    on books were read."""
    found = homework_of_children(
        reader, [pupil.pk], reach, since=since, until=until, past=past, most=most, files=files, roles=roles
    )
    return found[pupil.pk]


def homework_of_children(
    reader: User,
    keys: Sequence[int],
    reach: Reach,
    *,
    since: date | None = None,
    until: date | None = None,
    past: int = 0,
    most: int = 200,
    files: bool = False,
    roles: Roles | None = None,
) -> dict[int, list[Homework]]:
    """`homework_of` for several, by their keys, in as many queries as for one."""
    found: dict[int, list[Homework]] = {key: [] for key in keys}
    roles = roles_on_books(reader, reach) if roles is None else roles
    if not roles or not keys:
        return found
    if keys == [reader.pk]:
        of_child: Mapping[int, set[int]] = {reader.pk: set(roles)}
    else:
        of_child = books_by_child(reader, keys, list(roles))
    rows = entries_within(roles).filter(open_to_readers(clock.today()))
    start = since or clock.today() - timedelta(days=past)
    rows = rows.filter(book__in=set().union(*of_child.values()), due_on__gte=start)
    if until is not None:
        rows = rows.filter(due_on__lt=until)
    entries = list(rows.order_by("due_on", "pk")[:most])
    done = ticked(keys, [each.pk for each in entries]) if entries else set()
    joined = pieces_of(SPACE, [each.uuid for each in entries]) if files and entries else {}
    for key in keys:
        found[key] = [
            Homework(each, (key, each.pk) in done, pieces=joined.get(each.uuid, ()))
            for each in entries
            if each.book_id in of_child.get(key, ())
        ]
    return found


def next_works(works: Sequence[Homework], today: date) -> list[Homework]:
    """Of works to come, those of the next day for which something is due, soon."""
    coming = [each for each in works if today < each.entry.due_on <= today + rules.SOON]
    return [each for each in coming if each.entry.due_on == coming[0].entry.due_on]


def when_words(due: date, today: date) -> str:
    """« pour demain », « pour lundi », « pour le 8 déc. »."""
    if due == today:
        return "pour aujourd’hui"
    if due == today + timedelta(days=1):
        return "pour demain"
    if today < due <= today + rules.SOON:
        return f"pour {day(due).split(' ')[0]}"
    return f"pour le {day_short(due)}"


def count_words(count: int) -> str:
    return counted(count, "devoir")


def works_in(
    entries: Iterable[HomeworkEntry], *, role: int, writer: User | None, files: bool = True
) -> list[Homework]:
    """Entries of one book, for who reads it with this role. A query for their files."""
    rows = list(entries)
    joined = pieces_of(SPACE, [each.uuid for each in rows]) if files and rows else {}
    return [
        Homework(
            each,
            changes=writer is not None and rules.changes(role, own=each.author_id == writer.pk),
            pieces=joined.get(each.uuid, ()),
        )
        for each in rows
    ]
