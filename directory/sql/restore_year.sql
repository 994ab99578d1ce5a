-- Puts back what a turnover ended and lifted, and ends the class attachments begun there since.
-- reads: {relation} (school_id, class_attachments, detachments, blocks, since_then). writes:
--        directory_classattachment, directory_detachment, directory_block.
-- why:   undo restores exactly; what no longer exists, or is already there, is left.
update directory_classattachment a set ended_on = greatest(%(today)s, a.since), ended_by = %(by)s
from (select unnest(since_then) as id from {relation}) r
where a.id = r.id and a.ended_on is null
-- ;
update directory_classattachment a set ended_on = null, ended_by = null
from (select unnest(class_attachments) as id from {relation}) r
where a.id = r.id and a.ended_on is not null
  and not exists (
    select from directory_classattachment o
    where o.person_id = a.person_id and o.school_class_id = a.school_class_id and o.ended_on is null)
-- ;
update directory_detachment d set lifted_at = null, lifted_by = null
from (select unnest(detachments) as id from {relation}) r
where d.id = r.id
  and not exists (
    select from directory_detachment o
    where o.person_id = d.person_id and o.school_id = d.school_id and o.lifted_at is null)
-- ;
update directory_block b set lifted_at = null, lifted_by = null
from (select unnest(blocks) as id from {relation}) r where b.id = r.id
