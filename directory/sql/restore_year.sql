-- Puts back what a turnover ended and lifted, and ends the class attachments begun there since.
-- reads: {relation} (school_id, class_attachments, detachments, blocks, since_then), directory_attachment.
-- writes: directory_classattachment, directory_attachment, directory_detachment, directory_block.
-- why:   undo restores exactly; what no longer exists, or is already there, is left. Whoever has left the
--        school since is in none of its classes; whoever is detached again belongs to it no more. Who they are is
--        read first: the planner that starts with the schools looks at the classes of all their people.
update directory_classattachment a set ended_on = greatest(%(today)s, a.since), ended_by = %(by)s
from (select unnest(since_then) as id from {relation}) r
where a.id = r.id and a.ended_on is null;
with ended as materialized (
  select c.id, c.person_id, c.school_class_id, p.school_id
  from {relation} p cross join unnest(p.class_attachments) as e (id)
  join directory_classattachment c on c.id = e.id and c.ended_on is not null
)
update directory_classattachment a set ended_on = null, ended_by = null
from ended r
where a.id = r.id and a.ended_on is not null
  and exists (
    select from directory_attachment p
    where p.person_id = r.person_id and p.school_id = r.school_id and p.ended_on is null)
  and not exists (
    select from directory_classattachment o
    where o.person_id = r.person_id and o.school_class_id = r.school_class_id and o.ended_on is null)
  -- of two that accounts made one since had, one comes back
  and not exists (
    select from ended f
    where f.person_id = r.person_id and f.school_class_id = r.school_class_id and f.id < r.id);
update directory_detachment d set lifted_at = null, lifted_by = null
from (select unnest(detachments) as id from {relation}) r
where d.id = r.id
  and not exists (
    select from directory_detachment o
    where o.person_id = d.person_id and o.school_id = d.school_id and o.lifted_at is null);
update directory_attachment a set ended_on = greatest(%(today)s, a.since), ended_by = d.by
from directory_detachment d, (select unnest(detachments) as id from {relation}) r
where d.id = r.id and d.lifted_at is null
  and a.person_id = d.person_id and a.school_id = d.school_id and a.ended_on is null;
update directory_classattachment c set ended_on = greatest(%(today)s, c.since), ended_by = d.by
from directory_detachment d, (select unnest(detachments) as id from {relation}) r, directory_schoolclass k
where d.id = r.id and d.lifted_at is null
  and c.person_id = d.person_id and k.id = c.school_class_id and k.school_id = d.school_id and c.ended_on is null;
update directory_block b set lifted_at = null, lifted_by = null
from (select unnest(blocks) as id from {relation}) r where b.id = r.id
