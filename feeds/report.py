"""What a run did, or would do: one object for the terminal, `--json`, the page and the API."""

from typing import Any

from django.db import connection

from feeds.enums import PlanAction, PlanKind, RunState, SchoolRole
from feeds.intake import Intake
from feeds.models import FeedRun, PlanRow, RunSchool
from schools.models import School

KIND_OF = {"P": PlanKind.PUPIL, "R": PlanKind.RELATIVE, "S": PlanKind.STAFF}


def counts(intake: Intake) -> dict[str, dict[str, int]]:
    """Per kind and action, from the plan in the run's schema; kinds and actions all there, at 0."""
    found = {kind.value: {action.value: 0 for action in PlanAction} for kind in PlanKind}
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.kind, o.action, count(*) from outcome o join plan_person p using (person_id) group by 1, 2"
        )
        people = cursor.fetchall()
        cursor.execute("select kind, action, count(*) from outcome_elsewhere group by 1, 2")
        for kind, action, number in [*people, *cursor.fetchall()]:
            found[KIND_OF[kind]][action] += number
        cursor.execute(COUNT_THINGS)
        for kind, action, number in cursor.fetchall():
            found[kind][action] += number
    return found


COUNT_THINGS = """
select 'schools', case when is_new then 'created' when changed then 'changed' else 'unchanged' end, count(*)
from school_row group by 1, 2
union all
select 'classes', case when is_new then 'created' when changed then 'changed' else 'unchanged' end, count(*)
from plan_class group by 1, 2
union all
select 'ties', case act when 'open' then 'created' when 'change' then 'changed' else 'absent' end, count(*)
from plan_tie group by 1, 2
union all
select 'ties', 'unchanged',
       (select count(*) from (
          select distinct p.person_id, t.relative_key from stage_tie t join plan_person p on p.kind = 'P' and p.key = t.key) s)
       - (select count(*) from plan_tie where act in ('open', 'change'))
"""


def note_schools(intake: Intake) -> None:
    """Sentences on what a reader of the report must know: turned, held, awaited, without director."""
    run = intake.run
    notes: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(r.name, s.name), t.to_year from turn_row t left join schools_school s on s.id = t.school_id "
            "left join school_row r on r.school_id = t.school_id order by 1"
        )
        notes += [f"{name} passe à l’année {year}-{year + 1}." for name, year in cursor.fetchall()]
        cursor.execute(AWAITED)
        notes += [
            f"{name} : {number} élève(s) sans classe pour l’instant, attendus."
            for name, number in cursor.fetchall()
        ]
        cursor.execute(NO_DIRECTOR)
        notes += [f"{name} : aucun directeur n’est nommé." for (name,) in cursor.fetchall()]
    run.notes = [*run.notes, *notes]


AWAITED = """
select r.name, count(*) from stated_place s
join scope c on c.school_id = s.school_id and c.new_class_year is not null
join school_row r on r.school_id = s.school_id
where s.kind = 'P' and not s.gone
  and not exists (
    select from directory_classattachment a join directory_schoolclass k on k.id = a.school_class_id
    where a.person_id = s.person_id and k.school_id = s.school_id and a.ended_on is null)
  and not exists (select from plan_class_attachment p where p.person_id = s.person_id and p.act = 'open')
group by r.name order by r.name
"""
NO_DIRECTOR = """
select r.name from scope c join school_row r on r.school_id = c.school_id
where c.staff
  and not exists (select from stated_place s where s.school_id = c.school_id and s.is_head and not s.gone)
  and not exists (
    select from directory_attachment a where a.school_id = c.school_id and a.is_head and a.ended_on is null)
order by r.name
"""


def as_dict(run: FeedRun) -> dict[str, Any]:
    """The object that `--json` and the API give."""
    held = (
        RunSchool.objects.filter(run=run, role=SchoolRole.HELD)
        .select_related("school")
        .order_by("school__uai")
    )
    waits: dict[int, int] = {}
    for parked in run.children.filter(state=RunState.PARKED):
        for school_id in parked.schools.filter(role=SchoolRole.PARKED).values_list("school_id", flat=True):
            waits.setdefault(school_id, parked.pk)
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
                "parked_run": waits.get(row.school_id), **row.figures,
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
        lines.append(
            f"École retenue, à vérifier : {school['name']} ({school['uai']}), {school['vanish']} départs sur "
            f"{school['base']} (alimentation n° {school['parked_run']} en attente)."
        )
    lines += told["notes"]
    if told["anomalies"]:
        lines.append(f"{len(told['anomalies'])} anomalie(s) :")
        lines += [f"  {a['file']}:{a['line'] or '-'} {a['message']}" for a in told["anomalies"]]
    seconds = ", ".join(f"{phase} {value} s" for phase, value in told["seconds"].items())
    if seconds:
        lines.append(f"Durées : {seconds}.")
    return lines
