from importlib import import_module

from django.db import migrations

FEW = """\
-- What a person sees of some kinds, the last changed first, with their highest role: (id, uuid, kind, role, ancestors).
-- Of what belongs to schools, that of those they administer themselves (given).
-- reads: sharing_resource, sharing_reach
-- why:   home pages ask, of kinds of which a person sees few; `sharing.querysets.visible_to` says the same. A function
--        keeps the plan of its statement for as long as the connection lives: planned anew at each page, it cost
--        more than it reads.
create function sharing_few(asked bigint, groups bigint[], schools bigint[], kinds text[], most int)
returns table (id bigint, uuid uuid, kind text, role int, ancestors bigint[])
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select r.id, r.uuid, r.kind::text, max(c.role)::int, r.ancestors
  from (
    select o.id as resource_id, 4 as role from sharing_resource o where o.owner_id = asked and o.kind = any(kinds)
    union all
    select p.resource_id, p.role from sharing_reach p where p.person_id = asked
    union all
    select g.resource_id, g.role from sharing_reach g where g.group_id = any(groups)
    union all
    select o.id, 4 from sharing_resource o where o.owner_school_id = any(schools) and o.kind = any(kinds)
    union all
    select s.resource_id, s.role from sharing_reach s where s.school_id = any(schools)
  ) c
  join sharing_resource r on r.id = c.resource_id
  where r.kind = any(kinds) and r.trashed_at is null
  group by r.id
  order by r.changed_at desc, r.id desc
  limit most;
end
$$
"""
FORMER = import_module("sharing.migrations.0006_few").FEW
DROP = "drop function sharing_few"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0006_few")]

    operations = [migrations.RunSQL(DROP, FORMER), migrations.RunSQL(FEW, DROP)]
