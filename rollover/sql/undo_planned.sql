-- What an undo sets aside and puts back, but classes and shares, by school.
-- reads: undo_plan, directory_detachment, directory_block. writes: nothing.
select p.school_id, bool_or(p.holds) as holds, sum(cardinality(p.since_then))::int as set_aside,
  sum(cardinality(p.by_hand))::int as by_hand,
  sum((select count(*) from directory_detachment d
       where d.id = any(p.detachments) and not exists (
         select from directory_detachment o
         where o.person_id = d.person_id and o.school_id = d.school_id and o.lifted_at is null)))::int as detachments,
  sum((select count(*) from directory_block b where b.id = any(p.blocks)))::int as blocks
from undo_plan p group by 1
