"""What the console's first page tells: the scope in words, and each school with what to watch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from core.text import fold
from directory.rules import Standpoint
from feeds.enums import ParkCause, RunState
from feeds.models import FeedRun
from feeds.services.census import STATES, census
from feeds.services.watch import Watch, watch
from schools.models import Academy, District, School
from ui.french import counted, day_year, listed

SMALL = 3  # schools shown whole, with their people by state
PROFILES = (
    ("pupil", "Élèves"),
    ("relative", "Parents"),
    ("teacher", "Enseignants"),
    ("staff", "Personnels"),
    ("guest", "Invités"),
)
STATE_WORDS = {
    "active": "actifs",
    "never_activated": "jamais activés",
    "blocked": "bloqués",
    "absent": "absents",
    "pre_deleted": "pré-supprimés",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A line of what to watch: `state` done, part or alert; `url` and `act` where something can be done."""

    state: str
    title: str
    text: str
    url: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class PeopleLine:
    """A profile and how many are in each state, in the order of STATES."""

    profile: str
    word: str
    numbers: list[tuple[str, int]]

    @property
    def total(self) -> int:
        """Everybody who is still there: the pre-deleted are on their way out."""
        return sum(number for state, number in self.numbers if state != STATE_WORDS["pre_deleted"])

    @property
    def never(self) -> int:
        return dict(self.numbers)[STATE_WORDS["never_activated"]]


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school whole: what to watch and its people."""

    watch: Watch
    checks: list[Check]
    people: list[PeopleLine] = field(default_factory=list)


def cards(schools: Sequence[School], seen: QuerySet[FeedRun]) -> list[SchoolCard]:
    """Few schools, whole. `seen`: the runs that the person may open."""
    watched = watch(schools)
    open_runs = openable(watched, seen)
    return [SchoolCard(w, checks_of(w, open_runs), people_of(w.school)) for w in watched]


def openable(watched: Sequence[Watch], seen: QuerySet[FeedRun]) -> set[int]:
    """Which of the runs told of may be opened by who looks. One query."""
    told = {run.pk for w in watched for run in (*w.to_decide, *([w.last_run] if w.last_run else []))}
    return set(seen.filter(pk__in=told).order_by().values_list("pk", flat=True)) if told else set()


def people_of(school: School) -> list[PeopleLine]:
    """People by profile and state; profiles without anybody are left out."""
    people = census(school=school)["people"]
    lines = [
        PeopleLine(key, word, [(STATE_WORDS[state], people[key][state]) for state in STATES])
        for key, word in PROFILES
    ]
    return [line for line in lines if any(number for _, number in line.numbers)]


def checks_of(w: Watch, open_runs: set[int]) -> list[Check]:
    """What asks for a decision first, then what is as it should be."""
    found = [_decision(run, open_runs) for run in w.to_decide]
    if w.school.held_at is not None:
        found.append(
            Check(
                "alert",
                "Changement d’année annulé",
                "Les fiches des familles attendent le déblocage de l’école.",
            )
        )
    if w.has_head:
        found.append(Check("done", "Direction", "La directrice ou le directeur est connu."))
    else:
        found.append(
            Check("alert", "École sans direction", "Aucun directeur n’est nommé par l’alimentation : personne n’administre l’école à ce titre.")
        )  # fmt: skip
    found += [_pupils(w), _teachers(w), _last(w, open_runs)]
    return sorted(found, key=lambda check: ("alert", "part", "done").index(check.state))


def _decision(run: FeedRun, open_runs: set[int]) -> Check:
    why = {
        ParkCause.HELD: "Trop de départs dans l’école : les fiches attendent une décision.",
        ParkCause.FROZEN: "Gel d’été : les fiches des familles attendent la fin du gel.",
        ParkCause.HALTED: "Changement d’année annulé : les fiches des familles attendent.",
    }
    text = why[ParkCause(run.cause)] if run.cause else "Trop de départs : rien n’a été changé."
    title = f"Alimentation n°\u00a0{run.pk} à décider"
    if run.pk in open_runs:
        return Check("alert", title, text, reverse("console:run", args=[run.uuid]), "Décider")
    return Check("alert", title, f"{text} L’académie décide.")


def _pupils(w: Watch) -> Check:
    if not w.pupils:
        return Check(
            "part", "Élèves", "Aucun élève pour l’instant : ils arrivent avec l’alimentation des familles."
        )
    if w.awaiting_pupils:
        text = f"{counted(w.awaiting_pupils, 'élève')} sur {w.pupils} sans classe pour l’instant"
        return Check("part", "Élèves en attente de classe", text)
    return Check("done", "Élèves en classe", f"{counted(w.pupils, 'élève')}, {counted(w.classes, 'classe')}")


def _teachers(w: Watch) -> Check:
    url = reverse("annuaire:school", args=[w.school.uuid])
    if not w.teachers:
        return Check("part", "Enseignants", "Aucun enseignant pour l’instant.")
    if w.idle_teachers:
        text = f"{w.idle_teachers} sur {counted(w.teachers, 'enseignant')}, hors direction"
        return Check("part", "Enseignants sans classe", text, url, "Voir l’équipe")
    return Check("done", "Enseignants rattachés à une classe", counted(w.teachers, "enseignant"))


def _last(w: Watch, open_runs: set[int]) -> Check:
    run = w.last_run
    if run is None:
        send = reverse("console:send") + f"?ecole={w.school.uuid}"
        return Check(
            "part", "Jamais alimentée", "Aucune alimentation n’a encore nommé l’école.", send, "Envoyer"
        )
    text = f"{run_day(run)}, {run.get_source_display()}\u00a0: {run.get_state_display()}"
    state = "done" if run.state == RunState.APPLIED else "part"
    if run.pk in open_runs:
        return Check(state, "Dernière alimentation", text, reverse("console:run", args=[run.uuid]), "Voir")
    return Check(state, "Dernière alimentation", text)


def run_day(run: FeedRun) -> str:
    """The day that a run's files are of; that of the try where they tell none."""
    return day_year(run.fed_on or run.started_at)


def find_schools(schools: QuerySet[School], typed: str) -> QuerySet[School]:
    """Those whose name, town or UAI hold every word typed, accents and case forgiven."""
    words = fold(typed).split()
    if not words:
        return schools
    said = Concat("name", Value(" "), "city", Value(" "), F("uai"), output_field=TextField())
    schools = schools.annotate(said=Func(said, function="core_fold", output_field=TextField()))
    for word in words:
        schools = schools.filter(said__contains=word)
    return schools


def scope_words(me: Standpoint, schools: Sequence[School], number: int) -> str:
    """What one administers, in a line. One query at most."""
    if me.platform:
        return f"Toute la plateforme · {counted(number, 'école')}"
    if me.administered_academies:
        names = Academy.objects.filter(pk__in=me.administered_academies).values_list("name", flat=True)
        return f"Académie\u00a0: {listed(list(names))} · {counted(number, 'école')}"
    if me.administered_districts:
        names = District.objects.filter(pk__in=me.administered_districts).values_list("name", flat=True)
        return f"Circonscription\u00a0: {listed(list(names))} · {counted(number, 'école')}"
    if number <= SMALL:
        return listed([school_line(school) for school in schools])
    return counted(number, "école")


def school_line(school: School) -> str:
    return f"{school.name}, {school.city}" if school.city else school.name


def years_words(school: School) -> str:
    """The two years of a school as people say them."""
    if school.running_year is None:
        return "Année scolaire inconnue pour l’instant"
    running = f"{school.running_year}-{school.running_year + 1}"
    if school.class_year is None:
        return f"Année scolaire {running} · les classes sont attendues"
    if school.class_year == school.running_year:
        return f"Année scolaire {running}"
    classes = f"{school.class_year}-{school.class_year + 1}"
    return f"Année en cours {running} · les classes sont encore celles de {classes}"


def told(card: SchoolCard) -> dict[str, Any]:
    """What a card's template takes beside the card."""
    return {"card": card, "years": years_words(card.watch.school), "place": school_line(card.watch.school)}
