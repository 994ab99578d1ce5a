-- Parked records of a school give way to a newer run that names it, or whose own records of it wait.
-- reads: feeds_runschool, feeds_feedrun. writes: feeds_runschool, feeds_feedrun.
-- why:   a run of many schools gives way school by school, and is superseded when none is left.
delete from feeds_runschool w using feeds_feedrun r, feeds_feedrun newer, feeds_runschool n
where newer.id = %(run_id)s
  and (n.run_id = newer.id and n.role = 'named'
       or n.role = 'parked' and n.run_id in (select c.id from feeds_feedrun c where c.parent_id = newer.id))
  and w.run_id = r.id and r.state = 'parked' and r.id < newer.id and r.source = newer.source
  and w.role = 'parked' and w.school_id = n.school_id and w.part = n.part
-- ;
update feeds_feedrun r set state = 'superseded'
from feeds_feedrun newer
where newer.id = %(run_id)s and r.id < newer.id and r.source = newer.source and (
    r.state = 'parked' and not exists (
        select from feeds_runschool w where w.run_id = r.id and w.role = 'parked')
    or r.state = 'refused' and r.academy_id = newer.academy_id
       and r.school_id is not distinct from newer.school_id)
