-- Ends last year's class attachments of schools that turn, and lifts what was to last until then.
-- reads: {relation} (school_id, class_attachments, detachments, blocks, set_aside), directory_attachment.
-- writes: directory_classattachment, directory_detachment, directory_block.
-- why:   pupils and teachers alike leave last year's classes; class attachments made by hand in the new year
--        before an undo come back with the turn, but of those who have left the school since.
update directory_classattachment a set ended_on = greatest(%(today)s, a.since), ended_by = %(by)s
from (select unnest(class_attachments) as id from {relation}) r
where a.id = r.id and a.ended_on is null;
update directory_detachment d set lifted_at = %(now)s, lifted_by = %(by)s
from (select unnest(detachments) as id from {relation}) r
where d.id = r.id and d.lifted_at is null;
update directory_block b set lifted_at = %(now)s, lifted_by = %(by)s
from (select unnest(blocks) as id from {relation}) r
where b.id = r.id and b.lifted_at is null;
with aside as materialized (
  select c.id, c.person_id, c.school_class_id, p.school_id
  from {relation} p cross join jsonb_array_elements_text(p.set_aside) as e (id)
  join directory_classattachment c on c.id = e.id::bigint and c.ended_on is not null
)
update directory_classattachment a set ended_on = null, ended_by = null
from aside r
where a.id = r.id and a.ended_on is not null
  and exists (
    select from directory_attachment p
    where p.person_id = r.person_id and p.school_id = r.school_id and p.ended_on is null)
  and not exists (
    select from directory_classattachment o
    where o.person_id = r.person_id and o.school_class_id = r.school_class_id and o.ended_on is null)
