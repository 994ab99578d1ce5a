-- The director whom the feed names administers the school, until a feed names another or they leave it.
-- reads: {relation} (school_id), directory_attachment. writes: directory_administrator.
-- why:   rights given by hand are not the feed's to take.
update directory_administrator d set ended_on = greatest(%(today)s, d.since)
from {relation} r
where d.school_id = r.school_id and d.scope = 'SCHOOL' and d.source <> 'MANUAL' and d.ended_on is null
  and not exists (
    select from directory_attachment a
    where a.person_id = d.person_id and a.school_id = d.school_id and a.ended_on is null
      and (a.is_head or not exists (
        select from directory_attachment h
        where h.school_id = d.school_id and h.is_head and h.ended_on is null)))
-- ;
insert into directory_administrator (person_id, scope, school_id, source, since)
select a.person_id, 'SCHOOL', a.school_id, %(source)s, %(today)s
from directory_attachment a join {relation} r on r.school_id = a.school_id
where a.is_head and a.ended_on is null
  and not exists (
    select from directory_administrator d
    where d.person_id = a.person_id and d.school_id = a.school_id and d.scope = 'SCHOOL'
      and d.source <> 'MANUAL' and d.ended_on is null)
