"""Grants by the million, written by SQL alone, among people whom the real importer brought in.

Half are to persons, half to groups of scolarity, of this year and of the one before; resources belong to
teachers, one in twenty lies in a folder. The same rows whenever it is called.
"""

from typing import Any

RESOURCES_A_GRANT = 0.5

FILL = """
insert into sharing_resource (uuid, kind, title, owner_id, school_year, created_at, changed_at, ancestors)
select gen_random_uuid(), 'folder', 'Dossier ' || n, t.ids[1 + n %% cardinality(t.ids)], 2026, now(), now(), '{}'
from generate_series(1, %(resources)s) n,
     (select array_agg(id order by id) as ids from accounts_user where profile in ('TEACHER', 'STAFF')) t;
insert into sharing_grant (resource_id, role, person_id, given_by, given_at, origins)
select r.ids[1 + n %% cardinality(r.ids)], 1 + n %% 4, p.ids[1 + (n::bigint * 7919) %% cardinality(p.ids)],
       gen_random_uuid(), now(), '[{"by": "name", "role": 4}]'
from generate_series(1, %(grants)s / 2) n,
     (select array_agg(id order by id) as ids from sharing_resource) r,
     (select array_agg(id order by id) as ids from accounts_user where profile not in ('TEACHER', 'STAFF')) p
on conflict do nothing;
insert into sharing_grant (resource_id, role, group_id, year, given_by, given_at, origins)
select r.ids[1 + n %% cardinality(r.ids)], 1 + n %% 4, g.ids[1 + (n::bigint * 6007) %% cardinality(g.ids)],
       2026 - (n / 3) %% 2, gen_random_uuid(), now(), '[]'
from generate_series(1, %(grants)s / 2) n,
     (select array_agg(id order by id) as ids from sharing_resource) r,
     (select array_agg(id order by id) as ids from directory_group where kind in ('CLASS', 'SCHOOL')) g
on conflict do nothing;
analyze sharing_resource, sharing_grant
"""

IN_REACH = """
insert into sharing_grant (resource_id, role, person_id, given_by, given_at, origins)
select r.id, 1, %(person)s, gen_random_uuid(), now(), '[{"by": "name", "role": 1}]'
from (select id from sharing_resource order by id desc limit %(grants)s) r
on conflict do nothing;
analyze sharing_grant
"""


def fill(connection: Any, grants: int) -> int:
    """About so many grants; answers how many there are."""
    _each(connection, FILL, {"grants": grants, "resources": max(100, round(grants * RESOURCES_A_GRANT))})
    return int(connection.execute("select count(*) from sharing_grant").fetchone()[0])


def put_in_reach(connection: Any, person: int, grants: int) -> None:
    """Gives one person so many by name."""
    _each(connection, IN_REACH, {"person": person, "grants": grants})


def _each(connection: Any, script: str, values: dict[str, Any]) -> None:
    for statement in script.split(";\n"):
        connection.execute(statement, values)
