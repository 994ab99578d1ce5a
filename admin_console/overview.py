"""What the console's first page tells: the scope in words, and each school with what to watch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from directory.rules import Standpoint
from feeds.enums import ParkCause, RunState
from feeds.models import FeedRun
from feeds.services.census import STATES, people_by_state
from feeds.services.watch import Watch, watch
from schools.models import Academy, District, School
from ui.french import agree, counted, day_year, listed

SMALL = 3  # schools shown whole, with their people by state
PROFILES = (
    ("pupil", "élève"),
    ("relative", "parent"),
    ("teacher", "enseignant"),
    ("staff", "personnel"),
    ("guest", "invité"),
)
STATE_WORDS = {
    "active": ("actif", "actifs"),
    "never_activated": ("jamais activé", "jamais activés"),
    "blocked": ("bloqué", "bloqués"),
    "absent": ("absent", "absents"),
    "pre_deleted": ("pré-supprimé", "pré-supprimés"),
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
    """A profile, how many they are, and in words how many are in each state.

    `total` leaves out the pre-deleted, who are on their way out.
    """

    profile: str
    word: str
    total: int
    never: int
    states: str


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
    people = people_by_state(school=school)
    found = []
    for key, word in PROFILES:
        numbers = people[key]
        total = sum(numbers.values()) - numbers["pre_deleted"]
        states = [counted(numbers[state], *STATE_WORDS[state]) for state in STATES if numbers[state]]
        if states:
            found.append(
                PeopleLine(key, agree(total, word), total, numbers["never_activated"], " · ".join(states))
            )
    return found


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


def scope_words(me: Standpoint, schools: Sequence[School], number: int) -> str:
    """What one administers, in a line. One query at most."""
    if me.platform:
        return f"Toute la plateforme · {counted(number, 'école')}"
    if me.administered_academies:
        academies = Academy.objects.filter(pk__in=me.administered_academies).values_list("name", flat=True)
        return f"Académie\u00a0: {listed(list(academies))} · {counted(number, 'école')}"
    if me.administered_districts:
        districts = District.objects.filter(pk__in=me.administered_districts).values_list("name", flat=True)
        return f"Circonscription\u00a0: {listed(list(districts))} · {counted(number, 'école')}"
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
    last = card.watch.last_run
    return {
        "card": card,
        "years": years_words(card.watch.school),
        "named": school_line(card.watch.school),
        "last": f"{run_day(last)}, {last.get_state_display()}"
        if last is not None
        else "aucune pour l’instant",
    }
