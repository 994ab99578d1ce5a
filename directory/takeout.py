"""Where one belongs, for one's archive: schools, classes, family, favourites; beside the profile."""

from datetime import date

from accounts import takeout
from accounts.enums import Profile
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import Chapter, Line, write_list
from directory.models import Attachment, ClassAttachment, Favourite, Guardianship
from ui.french import day_year, listed


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="directory",
            order=20,
            folder="Écoles et famille",
            title="Mes écoles, mes classes, ma famille",
            hint="Où je suis, où j’ai été, avec qui\u00a0; mes favoris de partage.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """One page; four queries."""
    chapters = [
        Chapter("Écoles", _schools(person)),
        Chapter("Classes", _classes(person)),
        Chapter("Famille", _family(person)),
        Chapter("Favoris de partage", _favourites(person)),
    ]
    if any(chapter.lines for chapter in chapters):
        write_list(shelf, shelf.place("index.html"), title=shelf.part.title, chapters=chapters)


def _schools(person: User) -> list[Line]:
    rows = Attachment.objects.filter(person=person).select_related("school").order_by("-since", "pk")
    return [
        Line(row.school.name, sub=takeout.joined([row.function_label, _span(row.since, row.ended_on)]))
        for row in rows
    ]


def _classes(person: User) -> list[Line]:
    rows = ClassAttachment.objects.filter(person=person).select_related("school_class__school")
    return [
        Line(
            f"{row.school_class.label}, {row.school_class.year}-{row.school_class.year + 1}",
            sub=row.school_class.school.name,
        )
        for row in rows.order_by("-school_class__year", "school_class__label", "pk")
    ]


def _family(person: User) -> list[Line]:
    """Whom the feed ties to the person now, by name alone."""
    if person.profile not in {Profile.PUPIL, Profile.RELATIVE}:
        return []
    pupil = person.profile == Profile.PUPIL
    ties = Guardianship.objects.filter(ended_on__isnull=True, **{"pupil" if pupil else "relative": person})
    other = "relative" if pupil else "pupil"
    return [Line(getattr(tie, other).full_name) for tie in ties.select_related(other).order_by("rank", "pk")]


def _favourites(person: User) -> list[Line]:
    rows = Favourite.objects.filter(owner=person).prefetch_related(
        "entries__person", "entries__group__school", "entries__group__school_class"
    )
    lines = []
    for row in rows:
        entries = row.entries.all()
        names = [e.person.full_name if e.person else e.group.label if e.group else "" for e in entries]
        lines.append(Line(row.name, sub=listed([name for name in names if name])))
    return lines


def _span(since: date, ended: date | None) -> str:
    return f"du {day_year(since)} au {day_year(ended)}" if ended else f"depuis le {day_year(since)}"
