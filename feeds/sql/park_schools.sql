-- The schools whose records wait in a parked run.
-- reads: parked, stage_place, known_school, feeds_runschool. writes: feeds_runschool.
insert into feeds_runschool (run_id, school_id, part, role, figures)
select distinct on (k.school_id) %(parked_id)s, k.school_id, %(part)s, 'parked',
       coalesce(h.figures, '{}'::jsonb)
from parked x
join stage_place l on l.kind = x.kind and l.key = x.key
join known_school k on k.school_key = l.school_key
left join feeds_runschool h
  on h.run_id = %(run_id)s and h.school_id = k.school_id and h.part = %(part)s and h.role = 'held'
where x.cause = %(cause)s and x.kind = any(%(kinds)s)
  and (%(cause)s <> 'held' or h.id is not null)
  and exists (select from schools_school s where s.id = k.school_id)
