"""The turn of the year as the console's pages tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from rollover.figures import purged_in
from rollover.models import Turnover
from rollover.rules import next_year
from rollover.services.preview import SchoolPreview
from schools.models import School
from ui.french import agree


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turnover in a list: its years in words, what it withdrew, what can be done of it."""

    turnover: Turnover
    year: str
    grants: int
    attachments: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    n: int
    text: str


def year_words(year: int) -> str:
    return f"{year}-{year + 1}"


def years_words(school: School) -> str:
    """Which year the classes are of, and whether the next has opened."""
    if school.class_year is None:
        return "Pas encore de classe"
    said = f"Classes de {year_words(school.class_year)}"
    if school.running_year is not None and school.running_year > school.class_year:
        said += f" · année {year_words(school.running_year)} ouverte"
    return said


def year_asked(request: HttpRequest, school: School) -> int | None:
    """The year that the page showed when it was confirmed: a turn come meanwhile is not done twice."""
    try:
        return int(request.POST.get("annee", ""))
    except ValueError:
        return next_year(school)


def figures(preview: SchoolPreview) -> list[Figure]:
    """The four numbers of a preview."""
    told: dict[str, Any] = preview.told
    ended, people = told["class_attachments_ended"], told["people_losing_access"]
    kept = sum(told["grants_kept"].values())
    return [
        Figure(ended, agree(ended, "rattachement de classe", "rattachements de classe")),
        Figure(preview.purged, agree(preview.purged, "partage prend fin", "partages prennent fin")),
        Figure(people, agree(people, "personne perd un accès", "personnes perdent un accès")),
        Figure(kept, agree(kept, "partage conservé", "partages conservés")),
    ]


def lines(turnovers: Iterable[Turnover]) -> list[TurnLine]:
    return [line(turnover) for turnover in turnovers]


def line(turnover: Turnover) -> TurnLine:
    return TurnLine(
        turnover,
        year_words(turnover.to_year),
        purged_in(turnover.figures),
        len(turnover.ended_class_attachments),
        turnover.undone_at is not None,
    )
