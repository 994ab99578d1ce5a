"""« Préparer la rentrée » in words: where a school stands, its steps, what it counts."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from admin_console import overview
from feeds.calendar import Calendar, Stage, StageState
from schools.boards import Board
from schools.season import Step
from ui.french import agree, counted, day, unbroken

_DOTS = {
    StageState.DONE: ("check", "fait"),
    StageState.NOW: ("point", "en cours"),
    StageState.NEXT: ("clock", "à venir"),
}


@dataclass(frozen=True, slots=True)
class StageLine:
    """A step as the page shows it; `mark` is its state for whoever does not see the dot."""

    state: str
    icon: str
    mark: str
    when: str
    title: str
    text: str = ""
    link: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of the school's; `profile` gives its shape, else an icon stands there."""

    profile: str
    word: str
    number: int
    small: str = ""


def year_words(year: int) -> str:
    return f"{year}-{year + 1}"


def points(number: int) -> str:
    """« 4 points à voir »."""
    return counted(number, "point à voir", "points à voir") if number else "Rien à voir"


def headline(board: Board, calendar: Calendar) -> str:
    """Where the school stands, and what is left to do, in two sentences."""
    return unbroken(f"{_standing(board, calendar)} {_left(board)}")


def _standing(board: Board, calendar: Calendar) -> str:
    standing = board.standing
    if standing.turned:
        arrived = next((stage.day for stage in calendar.stages if stage.step == Step.FAMILIES), None)
        told = f" {_ago(arrived, standing.today)}" if arrived else ""
        return f"Les élèves et les parents sont arrivés{told}."
    if standing.staffed and standing.today < standing.first_day:
        return "L’équipe est là, les classes sont encore celles de l’an dernier."
    if standing.today >= standing.first_day:
        return "La rentrée est faite, les classes arriveront après la bascule d’ONDE."
    if standing.reached(Step.END):
        return "Les fichiers reprendront fin aout, avec l’équipe."
    return "L’année n’est pas finie, la rentrée se prépare."


def _left(board: Board) -> str:
    if not board.open:
        return "Vous n’avez rien à faire pour l’instant."
    return f"Il reste {counted(board.open, 'point')} à régler."


def _ago(then: date, today: date) -> str:
    days = (today - then).days
    return {0: "aujourd’hui", 1: "hier"}.get(days, f"le {day(then)}")


def facts(board: Board, calendar: Calendar) -> list[Fact]:
    """Pupils, relatives, teachers, classes. Three queries."""
    people = {line.profile: line for line in overview.people_of(board.school)}
    idle = board.number_of("idle-teachers") or 0
    found = []
    for key, word in (("pupil", "élève"), ("relative", "parent"), ("teacher", "enseignant")):
        line = people.get(key)
        small = f"{counted(line.never, 'jamais activé', 'jamais activés')}" if line and line.never else ""
        if key == "teacher" and idle:
            small = f"{idle} sans classe"
        total = line.total if line else 0
        found.append(Fact(key, agree(total, word), total, small))
    awaited = f"{counted(calendar.awaited, 'attendue')}" if calendar.awaited else ""
    if not board.standing.turned:
        awaited = "après la bascule d’ONDE"
    return [*found, Fact("", agree(calendar.here, "classe"), calendar.here, awaited)]


def stage_lines(board: Board, calendar: Calendar) -> list[StageLine]:
    return [_stage(stage, board, calendar) for stage in calendar.stages]


def _stage(stage: Stage, board: Board, calendar: Calendar) -> StageLine:
    icon, mark = _DOTS[stage.state]
    link, url = _link(stage, board, calendar)
    return StageLine(
        stage.state.value,
        icon,
        mark,
        _when(stage, board.standing.today),
        stage.step.label,
        unbroken(_text(stage, board, calendar)),
        link,
        url,
    )


def _when(stage: Stage, today: date) -> str:
    done = stage.state == StageState.DONE
    if stage.day is not None and stage.dated:
        return day(stage.day)
    if done:
        return "fait"
    if stage.step == Step.LATE and stage.day is not None and stage.day >= today:
        return f"jusqu’au {day(stage.day)}"
    if stage.day is not None and stage.day >= today:
        return f"vers le {day(stage.day)}"
    if stage.step == Step.SWITCH:
        return "juste après la rentrée"
    if stage.state == StageState.NOW:
        return "en ce moment"
    return "dans la foulée" if stage.step == Step.FAMILIES else "au fil des jours"


def _text(stage: Stage, board: Board, calendar: Calendar) -> str:
    """A sentence of a step; what is past is told as it was."""
    done, turned = stage.state == StageState.DONE, board.standing.turned
    match stage.step:
        case Step.END:
            return "Chacun peut encore se connecter ; les changements d’ONDE ne suivent plus."
        case Step.STAFF:
            return (
                "L’équipe de l’année est rattachée à l’école."
                if done
                else "Chacun retrouvera son école ; les classes viennent plus tard."
            )
        case Step.FIRST_DAY:
            return "" if turned else "Élèves et parents voient encore leur classe de l’an dernier."
        case Step.SWITCH:
            if calendar.stale is not None:
                return f"Le fichier du {day(calendar.stale)} dit encore l’an dernier."
            return "" if turned else "ONDE passe alors à la nouvelle année."
        case Step.FAMILIES:
            if calendar.turnover is not None:
                ended = counted(
                    calendar.withdrawn, "partage de groupe a pris fin", "partages de groupes ont pris fin"
                )
                return f"Le changement d’année est fait : {ended}."
            return "" if done else "Élèves et parents rejoindront leur nouvelle classe."
        case Step.CLASSES:
            if not turned:
                return "Une classe apparait avec son premier élève."
            return f"{counted(calendar.here, 'classe')} sur {calendar.here + calendar.awaited}"
        case Step.LATE:
            return (
                "Chaque élève a sa classe et son INE." if done else "CP et nouveaux inscrits, au fil des INE."
            )
    return ""


def _link(stage: Stage, board: Board, calendar: Calendar) -> tuple[str, str]:
    if stage.step != Step.FAMILIES or board.school.class_year is None:
        return "", ""
    if calendar.turnover is not None:
        return "Voir ce qui a pris fin", reverse("console:turnover", args=[calendar.turnover])
    url = reverse("console:turn", args=[board.school.uuid])
    return ("", "") if board.standing.turned else ("Voir ce qui prendra fin", url)


def late_levels(board: Board) -> str:
    """« CP », « TPS-PS et CP »: the first levels awaited, for the word that says that it is usual."""
    line = next((each for each in board.coming if each.item.key == "first-levels" and each.number), None)
    return line.told if line else ""


def open_words(board: Board, most: int = 3) -> str:
    """What is open in a school, in a line of a list."""
    names = [line.item.label for line in board.lines if line.is_open]
    more = len(names) - most
    if more > 0:
        names = [*names[:most], f"et {counted(more, 'autre point', 'autres points')}"]
    return " · ".join(names)
