"""The colleagues to whom something may be entrusted: of one's schools, this year's and, once attached there, next
year's, and of those of the district. Typed with a name, chosen from a list, found by what was typed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

from accounts.models import User
from accounts.querysets import UserQuerySet
from core.text import fold
from directory.annuaire.lines import lines
from directory.annuaire.viewer import Viewer
from directory.querysets.people import attached_to
from directory.rules import TEAM
from directory.search import find_people, typed_words
from rollover.errors import ColleagueMissing, SeveralColleagues

NEAR, FOUND = 80, 12
MARK = " – "


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague, and the words that say who they are: « Inès Ferrand – CP A · École Rosa-Parks »."""

    person: User
    words: str


def colleagues_of(viewer: Viewer) -> UserQuerySet:
    """Teachers and staff within reach."""
    return viewer.people.filter(profile__in=TEAM).exclude(pk=viewer.person.pk)


def near(viewer: Viewer) -> list[Colleague]:
    """Those of one's own schools, by name. Four queries."""
    own = attached_to(viewer.standpoint.schools)
    return _told(colleagues_of(viewer).filter(pk__in=own).order_by("sort_name", "pk")[:NEAR], viewer)


def found(viewer: Viewer, typed: str) -> list[Colleague]:
    """Those whose name fits, of every school within reach; those of one's own while nothing is typed."""
    name = typed.partition(MARK)[0]
    if not typed_words(name):
        return near(viewer)
    return _told(find_people(colleagues_of(viewer), name).people[:FOUND], viewer)


def named(viewer: Viewer, typed: Collection[str]) -> dict[str, User | ColleagueMissing | SeveralColleagues]:
    """Whom each of these words names, or why nobody. Four queries, whatever their number."""
    asked = {text: fold(text.partition(MARK)[0]) for text in typed if text.strip()}
    if not asked:
        return {text: ColleagueMissing() for text in typed}
    said = Concat("first_name", Value(" "), F("last_name"), output_field=TextField())
    people = (
        colleagues_of(viewer)
        .annotate(said=Func(said, function="core_fold", output_field=TextField()))
        .filter(said__in=set(asked.values()))
        .order_by("sort_name", "pk")
    )
    by_name: dict[str, list[Colleague]] = {}
    for each in _told(people, viewer):
        by_name.setdefault(fold(each.person.full_name), []).append(each)
    answers: dict[str, User | ColleagueMissing | SeveralColleagues] = {}
    for text in typed:
        same = by_name.get(asked.get(text, ""), [])
        exact = [each for each in same if fold(each.words) == fold(text)]
        fits = exact or same
        if len(fits) == 1:
            answers[text] = fits[0].person
        else:
            answers[text] = SeveralColleagues() if fits else ColleagueMissing()
    return answers


def _told(people: Iterable[User], viewer: Viewer) -> list[Colleague]:
    return [
        Colleague(
            line.person, f"{line.person.full_name}{MARK}{line.sub}" if line.sub else line.person.full_name
        )
        for line in lines(people, viewer)
    ]
