"""What a run did, or would do: one object for the terminal, `--json`, the page and the API."""

from typing import Any

from core import sql
from feeds.enums import ParkCause, PlanAction, PlanKind, RunState, SchoolRole
from feeds.intake import Intake
from feeds.models import FeedRun, PlanRow, RunSchool
from rollover import plan as rollover_plan
from rollover.figures import count, purged_in
from rollover.models import Turnover
from schools.models import School

SHOWN_SCHOOLS = 10
WAITING = {ParkCause.FROZEN: "Gel d’été", ParkCause.HALTED: "Bascule annulée"}
KIND_OF = {"P": PlanKind.PUPIL, "R": PlanKind.RELATIVE, "S": PlanKind.STAFF}


def counts(intake: Intake) -> dict[str, dict[str, int]]:
    """Per kind and action, from the plan in the run's schema; kinds and actions all there, at 0."""
    found = {kind.value: {action.value: 0 for action in PlanAction} for kind in PlanKind}
    for row in sql.rows("feeds", "report_people"):
        found[KIND_OF[row["kind"]]][row["action"]] += row["number"]
    for row in sql.rows("feeds", "report_counts"):
        found[row["kind"]][row["action"]] += row["number"]
    return found


def note_schools(intake: Intake) -> None:
    """Sentences on what a reader of the report must know: dates, turned, awaited, without director."""
    notes: list[str] = []
    if intake.fed_on > intake.today:
        notes.append(
            f"Ces fichiers sont datés du {intake.fed_on:%d/%m/%Y}, après ce jour ({intake.today:%d/%m/%Y}) : "
            "ils sont acceptés, et de plus anciens seront désormais refusés."
        )
    shares = shares_that_end(intake)
    for row in sql.rows("feeds", "report_turns"):
        ended = shares.get(row["school_id"], 0)
        said = f" {ended} partage(s) avec ses groupes de scolarité prennent fin." if ended else ""
        notes.append(f"{row['name']} passe à l’année {row['year']}-{row['year'] + 1}.{said}")
    for row in sql.rows("feeds", "report_awaited_classes"):
        notes.append(f"{row['name']} : les classes de {row['label']} sont attendues.")
    for row in sql.rows("feeds", "report_awaited"):
        notes.append(f"{row['name']} : {row['pupils']} élève(s) sans classe pour l’instant, attendus.")
    again = sql.rows("feeds", "report_new_again")[0]["people"]
    if again:
        notes.append(
            f"{again} personne(s) reviennent après la suppression de leur compte : un nouveau compte leur est donné."
        )
    others = sql.rows("feeds", "report_other_ties", **intake.params)[0]["ties"]
    if others:
        notes.append(
            f"{others} lien(s) de responsabilité, connus par l’autre degré, ne sont pas cités par ces fichiers : ils "
            "restent. Regardez les comptes en double, ou mettez fin au lien."
        )
    for row in sql.rows("feeds", "report_no_director"):
        notes.append(f"{row['name']} : aucun directeur n’est nommé.")
    intake.run.notes = [*intake.run.notes, *notes]


def shares_that_end(intake: Intake) -> dict[int, int]:
    """How many shares the turns of this run withdrew, or would, by school."""
    turned = Turnover.objects.filter(feed_run=intake.run.uuid)
    if turned:
        return {each.school_id: purged_in(each.figures) for each in turned}
    rollover_plan.prepare(relation="turn_row")
    return {school: figures.purged for school, figures in count(whole=False).items()}


def note_waiting(run: FeedRun, waiting: list[FeedRun]) -> None:
    """Sentences on the records that wait through a freeze or after an undone rollover; held schools are listed."""
    for parked in waiting:
        if parked.cause == ParkCause.HELD:
            continue
        names = [row.school.name for row in parked.schools.select_related("school").order_by("school__name")]
        where = ", ".join(names) if len(names) <= SHOWN_SCHOOLS else f"{len(names)} écoles"
        why = WAITING[ParkCause(parked.cause)]
        run.notes = [
            *run.notes,
            f"{why} : les fiches des familles attendent (alimentation n° {parked.pk}) : {where}.",
        ]


def as_dict(run: FeedRun) -> dict[str, Any]:
    """The object that `--json` and the API give."""
    held = (
        RunSchool.objects.filter(run=run, role=SchoolRole.HELD)
        .select_related("school")
        .order_by("school__uai")
    )
    waiting = RunSchool.objects.filter(run__parent=run, run__state=RunState.PARKED, role=SchoolRole.PARKED)
    waits = {(row.school_id, row.part): row.run_id for row in waiting}
    return {
        "run": run.pk,
        "state": run.state,
        "source": run.source,
        "academy": run.academy.code if run.academy else None,
        "school": run.school.uai if run.school else None,
        "origin": run.origin,
        "fed_on": run.fed_on,
        "school_year": run.year,
        "counts": run.counts or {k.value: {a.value: 0 for a in PlanAction} for k in PlanKind},
        "held": [
            {
                "uai": row.school.uai, "name": row.school.name, "part": row.part,
                "parked_run": waits.get((row.school_id, row.part)), **row.figures,
            }
            for row in held
        ],
        "parked_runs": [
            {"run": p.pk, "part": p.part, "cause": p.cause} for p in run.children.filter(state=RunState.PARKED)
        ],
        "anomalies": list(run.anomalies.values("code", "file", "line", "message")),
        "refusal": run.refusal,
        "notes": run.notes,
        "seconds": run.seconds,
    }  # fmt: skip


def details(run: FeedRun, *, limit: int = 1000) -> dict[str, list[dict[str, Any]]]:
    """Who was created, moved, restored, absent or changed, classes opened: the first of each, by kind."""
    told: dict[str, list[dict[str, Any]]] = {}
    for kind in PlanKind:
        rows = PlanRow.objects.filter(run=run, kind=kind).order_by("action", "pk")[:limit]
        names = dict(School.objects.filter(pk__in={r.school_id for r in rows}).values_list("pk", "name"))
        told[kind.value] = [
            {
                "action": row.action, "label": row.label, "school": names.get(row.school_id, ""),
                "before": row.before, "after": row.after,
            }
            for row in rows
        ]  # fmt: skip
    return told


def as_lines(told: dict[str, Any]) -> list[str]:
    """The report as text, for a terminal or a mail."""
    state = RunState(told["state"]).label
    lines = [f"Alimentation n° {told['run']} : {state}."]
    if told["refusal"]:
        lines.append(f"{told['refusal'].get('title', '')} {told['refusal'].get('detail', '')}".strip())
        names = told["refusal"].get("names") or []
        if names:
            lines.append(f"Entre autres : {', '.join(names)}.")
    for kind in PlanKind:
        numbers = told["counts"][kind.value]
        parts = [f"{numbers[action.value]} {action.label}" for action in PlanAction if numbers[action.value]]
        if parts:
            lines.append(f"  {kind.label} : {', '.join(parts)}")
    for school in told["held"]:
        waits = f" (alimentation n° {school['parked_run']} en attente)" if school["parked_run"] else ""
        lines.append(
            f"École retenue, à vérifier : {school['name']} ({school['uai']}), {school['vanish']} départs sur "
            f"{school['base']}{waits}."
        )
    lines += told["notes"]
    if told["anomalies"]:
        lines.append(f"{len(told['anomalies'])} anomalie(s) :")
        lines += [f"  {a['file']}:{a['line'] or '-'} {a['message']}" for a in told["anomalies"]]
    seconds = ", ".join(f"{phase} {value} s" for phase, value in told["seconds"].items())
    if seconds:
        lines.append(f"Durées : {seconds}.")
    return lines
