-- Takes back attachments that a run began, changed or ended, where nothing has touched them since.
-- reads: {added} (entity, id), {changed} (entity, id, before, after), directory_schoolclass.
-- writes: directory_classattachment, directory_attachment.
-- why:   whoever no longer belongs to a school is in none of its classes, not even by hand.
update directory_classattachment c set ended_on = greatest(%(today)s, c.since), ended_by = %(run)s
from {added} x, directory_attachment a, directory_schoolclass k
where x.entity = 'attachment' and a.id = x.id and a.ended_on is null
  and c.person_id = a.person_id and k.id = c.school_class_id and k.school_id = a.school_id and c.ended_on is null
-- ;
delete from directory_attachment a using {added} x
where x.entity = 'attachment' and a.id = x.id and a.ended_on is null
-- ;
update directory_attachment a set
    profile = r.profile, function_code = r.function_code, function_label = r.function_label, is_head = r.is_head,
    level = r.level, source = r.source, ended_on = r.ended_on, ended_by = r.ended_by
from {changed} x
cross join lateral (
    select p.* from directory_attachment base, jsonb_populate_record(base, x.before) p where base.id = x.id) r
where x.entity = 'attachment' and a.id = x.id and to_jsonb(a) @> x.after
  and not exists (
    select from directory_attachment o
    where o.person_id = a.person_id and o.school_id = a.school_id and o.ended_on is null and o.id <> a.id)
  -- of two that accounts made one since had, one comes back
  and not exists (
    select from {changed} y join directory_attachment f on f.id = y.id
    where y.entity = 'attachment' and y.before ->> 'ended_on' is null and to_jsonb(f) @> y.after
      and f.person_id = a.person_id and f.school_id = a.school_id and f.id < a.id)
