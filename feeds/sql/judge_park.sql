-- Sets records aside, to wait in a run of their own: all that state a school, or all families.
-- reads: stage_*, known_school. writes: the run's schema (parked).
-- why:   what waits is whole: a pupil who states a held school waits with the relatives whom only such
--        pupils name.
insert into parked
select distinct l.kind, l.key, %(cause)s
from stage_place l join known_school k on k.school_key = l.school_key
where l.kind = %(kind)s and (%(everything)s or k.school_id = any(%(school_ids)s))
  and not exists (select from parked x where x.kind = l.kind and x.key = l.key)
-- ;
insert into parked
select distinct 'R', p.key, %(cause)s
from stage_person p
where %(kind)s = 'P' and p.kind = 'R'
  and not exists (
    select from stage_tie t where t.relative_key = p.key
      and not exists (select from parked x where x.kind = 'P' and x.key = t.key))
  and not exists (select from parked x where x.kind = 'R' and x.key = p.key)
-- ;
analyze parked
