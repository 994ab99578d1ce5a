-- Takes back ties that a run began, changed or ended, where nothing has touched them since.
-- reads: {added} (entity, id), {changed} (entity, id, before, after). writes: directory_guardianship.
delete from directory_guardianship g using {added} x
where x.entity = 'tie' and g.id = x.id and g.ended_on is null
-- ;
update directory_guardianship g set
    rank = r.rank, tie_kind = r.tie_kind, legal = r.legal, contact = r.contact, payer = r.payer,
    source = r.source, ended_on = r.ended_on, ended_by = r.ended_by
from {changed} x
cross join lateral (
    select p.* from directory_guardianship base, jsonb_populate_record(base, x.before) p where base.id = x.id) r
where x.entity = 'tie' and g.id = x.id and to_jsonb(g) @> x.after
  and not exists (
    select from directory_guardianship o
    where o.relative_id = g.relative_id and o.pupil_id = g.pupil_id and o.ended_on is null and o.id <> g.id)
  -- of two that accounts made one since had, one comes back
  and not exists (
    select from {changed} y join directory_guardianship f on f.id = y.id
    where y.entity = 'tie' and y.before ->> 'ended_on' is null and to_jsonb(f) @> y.after
      and f.relative_id = g.relative_id and f.pupil_id = g.pupil_id and f.id < g.id)
