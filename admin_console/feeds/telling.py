"""A run told on its page: counts, anomalies, who changes, what is held, phases, what can be done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from admin_console.feeds.anomaly_words import Words, words_of
from admin_console.feeds.runs import icon, tone
from directory.rules import Standpoint
from feeds.changes import ToldRow, tell
from feeds.enums import ParkCause, Part, PlanAction, PlanKind, RunState, SchoolRole, tool_of
from feeds.models import Anomaly, FeedRun, PlanRow, RunSchool
from feeds.rules import may_decide, waits
from ui.french import day_year, moment_year, unbroken

FIRST_ROWS = 20  # of each kind and action, on the run's page
HELD_SHOWN = 100
# In the order of the table: kind, word, and what stands before it: a profile's shape or an icon.
KINDS = (
    (PlanKind.SCHOOL, "Écoles", "", "building"),
    (PlanKind.CLASS, "Classes", "", "school"),
    (PlanKind.STAFF, "Personnels", "teacher", ""),
    (PlanKind.PUPIL, "Élèves", "pupil", ""),
    (PlanKind.RELATIVE, "Parents", "relative", ""),
    (PlanKind.TIE, "Liens", "", "heart-handshake"),
)
FEMININE = {PlanKind.SCHOOL, PlanKind.CLASS}
ACTIONS = (
    (PlanAction.CREATED, "créées", "plus"),
    (PlanAction.CHANGED, "modifiées", "pencil"),
    (PlanAction.MOVED, "déplacées", "arrows-exchange"),
    (PlanAction.RESTORED, "rétablies", "user-check"),
    (PlanAction.ABSENT, "absentes ou finies", "logout"),
    (PlanAction.UNCHANGED, "inchangées", "check"),
)
WORDS = {
    PlanAction.CREATED: ("créés", "créées"),
    PlanAction.CHANGED: ("modifiés", "modifiées"),
    PlanAction.MOVED: ("déplacés", "déplacées"),
    PlanAction.RESTORED: ("rétablis", "rétablies"),
    PlanAction.ABSENT: ("absents", "finies"),
}
PHASES = {
    "read": "Lecture",
    "check": "Contrôle",
    "plan": "Rapprochement",
    "judge": "Vérification",
    "apply": "Application",
}
CAUSES = {
    "empty-file": "Le fichier ne contient presque personne de ces écoles.",
    "one-class-only": "L’extraction porte sur une seule classe.",
    "partial-file": "L’extraction est incomplète.",
}
# Remedies of refusals are told for a terminal; a page says the same in its own terms.
REMEDIES = {
    "urn:cartable:year-to-confirm": "Renvoyez les fichiers en choisissant leur année scolaire.",
    "urn:cartable:too-many-would-vanish": "Vérifiez l’extraction dans ONDE et renvoyez-la. Si ces départs sont "
    "réels, appliquez le plan conservé en acceptant les départs.",
}


@dataclass(frozen=True, slots=True)
class CountLine:
    """A kind of the table of counts: numbers in the order of ACTIONS, with their words."""

    word: str
    profile: str
    icon: str
    cells: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class AnomalyGroup:
    """The anomalies of one code: how many, and the first."""

    code: str
    words: Words
    number: int
    first: Anomaly


@dataclass(frozen=True, slots=True)
class Section:
    """Who or what had one action: how many, and the first of them."""

    kind: PlanKind
    action: PlanAction
    number: int
    rows: list[ToldRow]

    @property
    def title(self) -> str:
        return title_of(self.kind, self.action)

    @property
    def more(self) -> bool:
        return self.number > len(self.rows)


@dataclass(frozen=True, slots=True)
class Held:
    """A school held or waiting: the figures that decided it, and the run where its records wait."""

    school: str
    uai: str
    part: str
    vanish: int
    base: int
    names: list[str]
    cause: str
    run: FeedRun | None


def head(run: FeedRun) -> dict[str, Any]:
    """What the head of every page of a run tells."""
    place = run.school.name if run.school else run.academy.name if run.academy else "académie inconnue"
    told = [run.get_source_display(), place, f"n°\u00a0{run.pk}"]
    if run.part:
        told.append(str(Part(run.part).label))
    if run.origin:
        told.append(run.origin)
    return {
        "run": run,
        "title": title(run),
        "of": " · ".join(told),
        "tone": tone(run),
        "state_icon": icon(run),
        "started": moment_year(run.started_at),
    }


def title(run: FeedRun) -> str:
    return f"Alimentation du {day_year(run.fed_on or run.started_at)}"


def report(run: FeedRun, me: Standpoint) -> dict[str, Any]:
    """Everything that a run's page shows beside its head. A fixed number of queries."""
    groups = anomaly_groups(run)
    return {
        "counts": counts(run),
        "actions": ACTIONS,
        "groups": groups,
        "anomalies": sum(group.number for group in groups),
        "sections": sections(run),
        "held": held(run),
        "children": list(run.children.filter(state=RunState.PARKED).order_by("pk")),
        "phases": [(word, run.seconds[key]) for key, word in PHASES.items() if key in run.seconds],
        "refusal": refusal(run),
        "waits": waits(run),
        "may_decide": may_decide(me, run),
        "may_undo": run.state == RunState.APPLIED and may_decide(me, run),
        "parked_why": parked_why(run),
    }


def counts(run: FeedRun) -> list[CountLine]:
    """The table of counts; empty where the run ended before it had a plan."""
    if not run.counts:
        return []
    return [
        CountLine(word, profile, mark, [(label, run.counts[kind][action]) for action, label, _ in ACTIONS])
        for kind, word, profile, mark in KINDS
    ]


def anomaly_groups(run: FeedRun) -> list[AnomalyGroup]:
    """By code, the gravest first. Two queries."""
    numbers = dict(run.anomalies.order_by().values_list("code").annotate(number=Count("pk")))
    if not numbers:
        return []
    firsts = run.anomalies.order_by("code", "pk").distinct("code")
    found = [AnomalyGroup(a.code, words_of(a.code, source=run.source), numbers[a.code], a) for a in firsts]
    return sorted(found, key=lambda group: (("bad", "warn", "info").index(group.words.tone), group.code))


def sections(run: FeedRun) -> list[Section]:
    """For each kind and action that the counts tell, the first rows of the plan. Four queries at most."""
    wanted = [
        (kind, action, run.counts[kind][action])
        for kind, *_ in KINDS
        for action in WORDS
        if run.counts and run.counts[kind][action] and (kind, action) != (PlanKind.TIE, PlanAction.CREATED)
    ]
    if not wanted:
        return []
    first, *rest = [
        PlanRow.objects.filter(run=run, kind=kind, action=action).order_by("pk")[:FIRST_ROWS]
        for kind, action, _ in wanted
    ]
    told: dict[tuple[str, str], list[ToldRow]] = {}
    for row in tell(list(first.union(*rest, all=True) if rest else first)):
        told.setdefault((row.row.kind, row.row.action), []).append(row)
    return [
        Section(kind, action, number, told[kind, action])
        for kind, action, number in wanted
        if (kind, action) in told
    ]


def title_of(kind: PlanKind, action: PlanAction) -> str:
    """« Élèves déplacés », « Classes créées », « Liens finis »."""
    if kind == PlanKind.TIE and action == PlanAction.ABSENT:
        return "Liens finis"
    word = next(word for known, word, *_ in KINDS if known == kind)
    return f"{word} {WORDS[action][kind in FEMININE]}"


def held(run: FeedRun) -> list[Held]:
    """Schools that this run holds, or whose records wait in it, with their figures. Two queries."""
    role = SchoolRole.PARKED if run.state == RunState.PARKED else SchoolRole.HELD
    rows = list(
        RunSchool.objects.filter(run=run, role=role)
        .select_related("school")
        .order_by("school__name", "part")[:HELD_SHOWN]
    )
    if not rows:
        return []
    waiting = RunSchool.objects.filter(
        run__parent=run,
        run__state=RunState.PARKED,
        role=SchoolRole.PARKED,
        school__in=[r.school for r in rows],
    ).select_related("run")
    places = {(row.school_id, row.part): row.run for row in waiting}
    return [
        Held(
            row.school.name, row.school.uai, str(Part(row.part).label), row.figures.get("vanish", 0),
            row.figures.get("base", 0), row.figures.get("names", []), CAUSES.get(row.figures.get("cause", ""), ""),
            places.get((row.school_id, row.part)),
        )
        for row in rows
    ]  # fmt: skip


def refusal(run: FeedRun) -> dict[str, Any] | None:
    """Why a run was refused or failed, in the words of a page; `sentence` has the figures of departures."""
    if not run.refusal:
        return None
    told = run.refusal
    title, sentence = told.get("title") or "L’alimentation n’a pas abouti.", ""
    if told.get("base") is not None:
        _, _, sentence = title.partition(" : ")
        title, sentence = "Trop de départs\u00a0: rien n’a été changé", unbroken(sentence or title)
    return {
        "title": unbroken(title),
        "sentence": sentence,
        "detail": unbroken(
            REMEDIES.get(told.get("type", ""), told.get("detail", "")).replace("ONDE", tool_of(run.source))
        ),
        "vanish": told.get("vanish"),
        "base": told.get("base"),
        "names": told.get("names") or [],
    }


def parked_why(run: FeedRun) -> str:
    """Why the records of a parked run wait; '' for the others."""
    if run.state != RunState.PARKED:
        return ""
    return {
        ParkCause.HELD: "Trop de personnes de ces écoles n’auraient plus d’école. Leurs fiches attendent une décision.",
        ParkCause.FROZEN: "Gel d’été : les fiches des familles attendent. Elles seront reprises d’elles-mêmes à la fin du gel.",
        ParkCause.HALTED: "Le changement d’année de ces écoles a été annulé : leurs fiches attendent leur déblocage.",
    }[ParkCause(run.cause)]


def needs_acceptance(run: FeedRun) -> bool:
    """Would applying it make people leave whom a safety rule kept?"""
    return run.state in (RunState.REFUSED, RunState.PARKED) and (
        run.cause in ("", ParkCause.HELD) or bool(run.refusal)
    )
