"""The turn of the year as the console's pages tell it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from admin_console.season.telling import year_words
from rollover.enums import Choice
from rollover.figures import GRANTEES, SCOLARITY, purged_in
from rollover.models import Rehearsal, Turnover
from rollover.report import Report
from rollover.rules import next_year
from rollover.services.preview import SchoolFigures, SchoolPreview
from rollover.summary import app_labels, purged_by_app
from schools.models import School
from ui.french import agree, counted, day_year, listed

KINDS = dict(zip(SCOLARITY, ("Classes", "École", "Direction"), strict=True))
KEPT = dict(
    zip(GRANTEES, ("à des personnes", "à des groupes de scolarité", "à des groupes manuels"), strict=True)
)
SHARES = "Partages\u00a0: "
CHOICES = {
    Choice.KEEP: ("partage gardé", "partages gardés"),
    Choice.ENTRUST: ("partage confié", "partages confiés"),
    Choice.LET_GO: ("partage laissé partir", "partages laissés partir"),
}


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turnover in a list: its years in words, what it withdrew, what can be done of it."""

    turnover: Turnover
    year: str
    grants: int
    attachments: int
    undone: bool


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school in a list, with the figures of its next turn in words."""

    figures: SchoolFigures
    years: str
    begins: str
    ended: int
    people: int
    kept: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    n: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Shares by application (rows) and kind of group (columns); `total` of each column, then of all."""

    columns: list[str]
    rows: list[tuple[str, list[tuple[str, int]], int]]
    total: list[tuple[str, int]]
    all: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What would end now beside a rehearsal and the last turn: a line a figure (words, now, rehearsal, how much it
    changed since, last turn); None where that was not counted."""

    rehearsed: str
    turned: str
    lines: list[tuple[str, int | None, int | None, str, int | None]]

    @property
    def changed(self) -> bool:
        return any(change for _, _, _, change, _ in self.lines)


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
    classes, people = len(preview.classes), told["people_losing_access"]
    kept = sum(told["grants_kept"].values())
    return [
        Figure(classes, agree(classes, "classe prend fin", "classes prennent fin")),
        Figure(preview.purged, agree(preview.purged, "partage prend fin", "partages prennent fin")),
        Figure(people, agree(people, "personne perd un accès", "personnes perdent un accès")),
        Figure(kept, agree(kept, "partage conservé", "partages conservés")),
    ]


def report_figures(report: Report) -> list[Figure]:
    """The same of a turn that was; people and what stays once they are counted."""
    classes, purged = len(report.classes), report.purged
    told = [
        Figure(classes, agree(classes, "classe a pris fin", "classes ont pris fin")),
        Figure(purged, agree(purged, "partage a pris fin", "partages ont pris fin")),
    ]
    if report.counted:
        people, kept = report.told["people_losing_access"], sum(report.told["grants_kept"].values())
        words = ("personne ne voit plus quelque chose", "personnes ne voient plus quelque chose")
        told.append(Figure(people, agree(people, *words)))
        told.append(Figure(kept, agree(kept, "partage conservé", "partages conservés")))
    return told


def table(told: Mapping[str, Any]) -> Table | None:
    """Shares that end, by application and kind of group; None where none does."""
    purged, labels = told.get("grants_purged", {}), app_labels()
    if not sum(sum(kinds.values()) for kinds in purged.values()):
        return None
    rows = [
        (
            labels.get(app, app),
            [(word, kinds.get(kind, 0)) for kind, word in KINDS.items()],
            sum(kinds.values()),
        )
        for app, kinds in sorted(purged.items(), key=lambda each: labels.get(each[0], each[0]))
    ]
    total = [(word, sum(kinds.get(kind, 0) for kinds in purged.values())) for kind, word in KINDS.items()]
    return Table(list(KINDS.values()), rows, total, sum(number for _, number in total))


def kept(told: Mapping[str, Any]) -> list[str]:
    """« 12 à des personnes », …: what stays."""
    found = told.get("grants_kept") or {}
    return [f"{counted(number, 'partage')} {KEPT[key]}" for key, number in found.items() if number]


def decided(choices: Mapping[Choice, int] | Mapping[str, int]) -> str:
    """« 12 partages gardés et 2 partages confiés »; '' where nothing was decided."""
    return listed([counted(number, *CHOICES[Choice(choice)]) for choice, number in choices.items() if number])


def apps(grants: Mapping[str, int]) -> list[tuple[str, int]]:
    """Shares by application, by its name."""
    labels = app_labels()
    return sorted((labels.get(app, app), number) for app, number in grants.items())


def compared(
    preview: SchoolPreview, rehearsal: Rehearsal | None, turnovers: Sequence[Turnover]
) -> Compared | None:
    """Beside the last rehearsal of that turn and the last turn that stands; None with neither."""
    last = next((each for each in turnovers if each.undone_at is None), None)
    same = rehearsal if rehearsal and rehearsal.to_year == preview.year else None
    if last is None and same is None:
        return None
    now = _counts(preview.kept())
    before = _counts(same.told) if same else None
    real = _counts(_told(last)) if last else None
    words = dict.fromkeys([*now, *(before or ()), *(real or ())])
    shares = [word for word in words if word.startswith(SHARES)]
    others = [word for word in words if not word.startswith(SHARES)]
    lines = [
        (word, then := _of(now, word), _of(before, word), _change(then, _of(before, word)), _of(real, word))
        for word in (*others[:1], *shares, *others[1:])
    ]
    return Compared(day_year(same.at) if same else "", year_words(last.to_year) if last else "", lines)


def _of(counts: Mapping[str, int | None] | None, word: str) -> int | None:
    """A figure of these; of an application where no share ended, 0."""
    if counts is None:
        return None
    return counts.get(word, 0 if word.startswith(SHARES) else None)


def _told(turnover: Turnover) -> dict[str, Any]:
    return turnover.figures | {
        "class_attachments_ended": len(turnover.ended_class_attachments),
        "detachments": len(turnover.lifted_detachments),
        "blocks": len(turnover.lifted_blocks),
    }


def _counts(told: Mapping[str, Any]) -> dict[str, int | None]:
    """The figures of a turn, by the words of their line."""
    labels = app_labels()
    found: dict[str, int | None] = {"Rattachements de classe": told.get("class_attachments_ended")}
    for app, number in purged_by_app(told).items():
        found[f"{SHARES}{labels.get(app, app)}"] = number
    kept_ones = told.get("grants_kept")
    found["Personnes qui perdent un accès"] = told.get("people_losing_access")
    found["Partages conservés"] = sum(kept_ones.values()) if kept_ones else None
    found["Détachements levés"] = told.get("detachments")
    found["Blocages levés"] = told.get("blocks")
    return found


def _change(now: int | None, before: int | None) -> str:
    """« +3 », « −1 »; '' where nothing changed or was not counted."""
    if now is None or before is None or now == before:
        return ""
    return f"+{now - before}" if now > before else f"\u2212{before - now}"


def school_line(found: SchoolFigures) -> SchoolLine:
    told = found.told or {}
    return SchoolLine(
        found,
        years_words(found.school),
        year_words(found.year) if found.year else "",
        told.get("class_attachments_ended", 0),
        told.get("people_losing_access") or 0,
        sum((told.get("grants_kept") or {}).values()),
    )


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
