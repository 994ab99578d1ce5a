-- Takes back class attachments that a run began or ended, where nothing has touched them since.
-- reads: {added} (entity, id), {changed} (entity, id, before, after). writes: directory_classattachment.
-- why:   the schools' own attachments are back already.
delete from directory_classattachment a using {added} x
where x.entity = 'class_attachment' and a.id = x.id
-- ;
update directory_classattachment a set source = r.source, ended_on = r.ended_on, ended_by = r.ended_by
from {changed} x
cross join lateral (
    select p.* from directory_classattachment base, jsonb_populate_record(base, x.before) p where base.id = x.id) r
where x.entity = 'class_attachment' and a.id = x.id and to_jsonb(a) @> x.after
  -- not of whoever was taken out of the school since
  and exists (
    select from directory_attachment p join directory_schoolclass k on k.school_id = p.school_id
    where k.id = a.school_class_id and p.person_id = a.person_id and p.ended_on is null)
  and not exists (
    select from directory_classattachment o
    where o.person_id = a.person_id and o.school_class_id = a.school_class_id and o.ended_on is null
      and o.id <> a.id)
  -- of two that accounts made one since had, one comes back
  and not exists (
    select from {changed} y join directory_classattachment f on f.id = y.id
    where y.entity = 'class_attachment' and y.before ->> 'ended_on' is null and to_jsonb(f) @> y.after
      and f.person_id = a.person_id and f.school_class_id = a.school_class_id and f.id < a.id)
