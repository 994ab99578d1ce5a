-- Takes back directors whom a run named, and puts back those whom it relieved, where nothing has touched them since.
-- reads: {added} (entity, id), {changed} (entity, id, before, after). writes: directory_administrator.
delete from directory_administrator d using {added} x
where x.entity = 'administrator' and d.id = x.id and d.ended_on is null
-- ;
update directory_administrator d set ended_on = null
from {changed} x
where x.entity = 'administrator' and d.id = x.id and to_jsonb(d) @> x.after
  and not exists (
    select from directory_administrator o
    where o.person_id = d.person_id and o.school_id = d.school_id and o.scope = d.scope and o.source = d.source
      and o.ended_on is null)
  -- of two that accounts made one since had, one comes back
  and not exists (
    select from {changed} y join directory_administrator f on f.id = y.id
    where y.entity = 'administrator' and y.before ->> 'ended_on' is null and to_jsonb(f) @> y.after
      and f.person_id = d.person_id and f.school_id = d.school_id and f.scope = d.scope and f.source = d.source and f.id < d.id)
