"""What the turn of schools costs: `python -m bench.turning ACADEMY GRANTS` in the measured database, where this
academy has been imported.

Fills its schools up to so many grants where they have none, then prints one JSON object: `schools`, `pupils`,
`people`, `grants`; how many grants `ended`; the median seconds of `preview`, school by school; of `turn` and `undo` as
a command does them, with the people concerned counted; of `feed` and `feed_undo`, as the feed that turns them all in
one transaction; and `bare_…`, those of the bare SQL that writes the same rows of the same tables, a transaction a school
beside the command, one beside the feed. All committed.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any
from uuid import uuid4

TIMES = 3
YEAR = 2026
# Keys of rows that the bare SQL writes anew, beside those that they repeat.
APART = 1_000_000_000

FILL = """
create temporary table bench_school as
select s.id,
  array(select a.person_id from directory_attachment a where a.school_id = s.id and a.ended_on is null
    and a.profile in ('TEACHER', 'STAFF') order by 1) as team,
  array(select a.person_id from directory_attachment a where a.school_id = s.id and a.ended_on is null
    and a.profile = 'PUPIL' order by 1) as pupils,
  array(select g.id from directory_group g left join directory_schoolclass c on c.id = g.school_class_id
    where g.school_id = s.id and g.kind in ('CLASS', 'SCHOOL') and coalesce(c.year, %(year)s) = %(year)s
    order by 1) as groups
from schools_school s join schools_academy a on a.id = s.academy_id where a.code = %(academy)s;
insert into sharing_resource (uuid, kind, title, owner_id, school_year, created_at, changed_at, ancestors)
select gen_random_uuid(), 'folder', 'Dossier ' || n, s.team[1 + n %% cardinality(s.team)], %(year)s, now(), now(), '{}'
from bench_school s, generate_series(1, %(each)s / 2) n where cardinality(s.team) > 0;
create temporary table bench_thing as
select s.id as school_id, array_agg(r.id order by r.id) as ids
from bench_school s join sharing_resource r on r.owner_id = any(s.team) group by 1;
insert into sharing_grant (resource_id, role, person_id, given_by, given_at, origins)
select t.ids[1 + n %% cardinality(t.ids)], 1 + n %% 3, s.pupils[1 + (n::bigint * 7919) %% cardinality(s.pupils)],
  gen_random_uuid(), now(), '[{"by": "name", "role": 3}]'
from bench_school s join bench_thing t on t.school_id = s.id, generate_series(1, %(each)s / 2) n
on conflict do nothing;
insert into sharing_grant (resource_id, role, group_id, year, given_by, given_at, origins)
select t.ids[1 + n %% cardinality(t.ids)], 1 + n %% 3, s.groups[1 + (n::bigint * 6007) %% cardinality(s.groups)],
  %(year)s, gen_random_uuid(), now(), '[]'
from bench_school s join bench_thing t on t.school_id = s.id, generate_series(1, %(each)s / 2) n
on conflict do nothing
"""

# What a turn has written, school by school, kept aside to be written again bare.
REMEMBER = """
create temporary table bench_turned as
select t.school_id, t.uuid, t.ended_class_attachments as ended, t.by from rollover_turnover t
where t.undone_at is null;
create temporary table bench_gone as
select w.school_id, g.* from sharing_withdrawal w join bench_turned t on t.uuid = w.cause
join sharing_withdrawngrant g on g.withdrawal_id = w.id;
create temporary table bench_class as select school_id, unnest(ended) as id from bench_turned;
create index on bench_gone (school_id);
create index on bench_class (school_id);
analyze bench_gone;
analyze bench_class
"""

# The other rows that a turn writes: table, by what a school's are known, its columns that stay unique.
CAUSES = "(select uuid from rollover_turnover where school_id = %(school)s and undone_at is null)"
TOLD = {
    "sharing_withdrawal": (f"w.cause in {CAUSES}", ("uuid",)),
    "rollover_turnover": (f"w.uuid in {CAUSES}", ("uuid", "run")),
    "core_auditentry": (
        "w.school = (select uuid from schools_school where id = %(school)s) and w.id > %(audited)s",
        (),
    ),
    "timeline_event": (f"w.about in {CAUSES}", ("uuid",)),
    "timeline_audience": (f"w.event_id in (select id from timeline_event where about in {CAUSES})", ()),
}

BARE_TURN = """
delete from sharing_grant g using bench_gone b where b.school_id = any(%(schools)s) and g.id = b.grant_id;
insert into sharing_withdrawngrant
  (withdrawal_id, grant_id, resource_id, role, person_id, group_id, year, given_by, given_at, origins)
select withdrawal_id + 1000000000, grant_id, resource_id, role, person_id, group_id, year, given_by, given_at, origins
from bench_gone where school_id = any(%(schools)s);
update directory_classattachment a set ended_on = current_date, ended_by = null
from bench_class c where c.school_id = any(%(schools)s) and a.id = c.id;
update schools_school set class_year = %(to)s, running_year = %(to)s where id = any(%(schools)s)
"""

BARE_UNDO = """
delete from sharing_withdrawngrant w using bench_gone b
where b.school_id = any(%(schools)s) and w.withdrawal_id = b.withdrawal_id + 1000000000 and w.grant_id = b.grant_id;
insert into sharing_grant
  (id, resource_id, role, person_id, group_id, year, given_by, given_at, origins)
overriding system value
select grant_id, resource_id, role, person_id, group_id, year, given_by, given_at, origins
from bench_gone where school_id = any(%(schools)s);
update directory_classattachment a set ended_on = null, ended_by = null
from bench_class c where c.school_id = any(%(schools)s) and a.id = c.id;
update schools_school set class_year = %(from)s where id = any(%(schools)s);
update sharing_withdrawal set restored_at = now() where school_id = any(%(schools)s) and id > 1000000000;
update rollover_turnover set undone_at = now() where school_id = any(%(schools)s) and id > 1000000000
"""


def measure(code: str, grants: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection

    from schools.models import Academy, School
    from sharing.models import Grant

    academy = Academy.objects.get(code=code)
    schools = list(School.objects.filter(academy=academy).order_by("pk"))
    if not Grant.objects.filter(group__school__in=schools).exists():
        _fill(connection, code, grants // len(schools))
    told = _sizes(academy) | _turns(connection, academy, schools)
    return told | {"schools": len(schools)}


def _fill(connection: Any, code: str, each: int) -> None:
    with connection.cursor() as cursor:
        for statement in FILL.split(";\n"):
            cursor.execute(statement, {"academy": code, "each": each, "year": YEAR})
    _tidy(connection)


def _sizes(academy: Any) -> dict[str, int]:
    from accounts.models import User
    from directory.models import Attachment
    from sharing.models import Grant

    here = Attachment.objects.filter(school__academy=academy, ended_on__isnull=True)
    return {
        "people": User.objects.count(),
        "pupils": here.filter(profile="PUPIL").count(),
        "grants": Grant.objects.count(),
    }


def _turns(connection: Any, academy: Any, schools: list[Any]) -> dict[str, Any]:
    """Turned and undone so many times, as commands do it and bare, in turn."""
    spent: dict[str, list[float]] = {}
    for number in range(TIMES):
        for name, seconds in _once(connection, academy, schools, first=number == 0).items():
            spent.setdefault(name, []).append(seconds)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from bench_gone")
        (ended,) = cursor.fetchone()
    return {name: median(times) for name, times in spent.items()} | {"ended": ended}


def _once(connection: Any, academy: Any, schools: list[Any], *, first: bool) -> dict[str, float]:
    from rollover.services.preview import preview_school
    from rollover.services.roll import roll_academy
    from rollover.services.undo import undo_run

    for school in schools:
        school.refresh_from_db()
    audited, done = _last_audited(), []
    told = {"preview": _timed(lambda: [preview_school(school, YEAR + 1) for school in schools])}
    told["turn"] = _timed(lambda: done.append(roll_academy(academy=academy, year=YEAR + 1)))
    if first:
        _remember(connection)
    rows = _told(connection, schools, audited)
    _tidy(connection)
    told["undo"] = _timed(lambda: undo_run(run=done[0].run))
    one_by_one = [[school.pk] for school in schools]
    for name, script, some in (("bare_turn", BARE_TURN, rows), ("bare_undo", BARE_UNDO, {})):
        _tidy(connection)
        told[name] = _bare(connection, one_by_one, script, some)
    return told | _as_feeds_do(connection, schools)


def _as_feeds_do(connection: Any, schools: list[Any]) -> dict[str, float]:
    """All of them in one transaction, as the feed that turns them."""
    from django.db import transaction

    from rollover import plan
    from rollover.models import Turnover
    from rollover.services.turn import turn_schools
    from rollover.services.undo import undo_turnovers

    def turn() -> None:
        turns = [(school.pk, YEAR, YEAR + 1) for school in schools]
        with transaction.atomic():
            turn_schools(relation=plan.relation_of(turns), feed_run=uuid4())

    _tidy(connection)
    audited = _last_audited()
    told = {"feed": _timed(turn)}
    rows = _told(connection, schools, audited)
    _tidy(connection)
    turned = list(Turnover.objects.filter(school__in=schools, undone_at__isnull=True))
    told["feed_undo"] = _timed(lambda: undo_turnovers(turnovers=turned))
    together = [[school.pk for school in schools]]
    for name, script, some in (("bare_feed", BARE_TURN, rows), ("bare_feed_undo", BARE_UNDO, {})):
        _tidy(connection)
        told[name] = _bare(connection, together, script, some)
    _tidy(connection)
    return told


def _last_audited() -> int:
    from django.db.models import Max

    from core.models import AuditEntry

    return AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def _remember(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in REMEMBER.split(";\n"):
            cursor.execute(statement)


def _told(connection: Any, schools: list[Any], audited: int) -> dict[int, dict[str, list[Any]]]:
    """By school and table, the other rows that its turn wrote, under keys of their own."""
    found: dict[int, dict[str, list[Any]]] = {}
    with connection.cursor() as cursor:
        for school in schools:
            found[school.pk] = {}
            for table, (which, unique) in TOLD.items():
                asked = {"school": school.pk, "audited": audited}
                cursor.execute(f"select to_jsonb(w) from {table} w where {which}", asked)
                rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
                for row in rows:
                    row |= {name: row[name] + APART for name in ("id", "event_id") if name in row}
                    row |= {name: str(uuid4()) for name in unique}
                found[school.pk][table] = rows
    return found


def _bare(
    connection: Any, parts: list[list[int]], script: str, rows: dict[int, dict[str, list[Any]]]
) -> float:
    """The seconds of these statements, a transaction for each part of the schools."""
    from django.db import transaction

    statements = script.split(";\n")
    inserts = []
    for part in parts:
        told = {table: [row for key in part for row in rows[key][table]] for table in TOLD} if rows else {}
        inserts.append([(_insert(table), [json.dumps(some)]) for table, some in told.items()])

    def act() -> None:
        with connection.cursor() as cursor:
            for part, told in zip(parts, inserts, strict=True):
                with transaction.atomic():
                    for statement in statements:
                        cursor.execute(statement, {"schools": part, "from": YEAR, "to": YEAR + 1})
                    for statement, values in told:
                        cursor.execute(statement, values)

    return _timed(act)


def _insert(table: str) -> str:
    return f"insert into {table} overriding system value select * from jsonb_populate_recordset(null::{table}, %s)"


def _tidy(connection: Any) -> None:
    """What the server does by itself in the minutes after: it would fall in the next measure. What the bare SQL told
    is forgotten, so that it may be told again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from rollover_turnover where id > %s and undone_at is not null", [APART]
        )
        if cursor.fetchone()[0]:
            cursor.execute("delete from timeline_audience where id > %s", [APART])
            for table in TOLD:
                cursor.execute(f"delete from {table} where id > %s", [APART])
        cursor.execute(
            "vacuum (analyze) sharing_grant, sharing_withdrawngrant, directory_classattachment, sharing_resource"
        )


def _timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
