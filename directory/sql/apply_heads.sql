-- The director whom the feed names administers the school, until a feed names another or they leave it.
-- reads: {relation} (school_id), directory_attachment, accounts_user. writes: directory_administrator.
-- why:   rights given by hand are not the feed's to take. A director who is absent keeps the school through the
--        grace, but gives way to another as soon as one is named.
with head as (
    select a.person_id, a.school_id, u.absent_since is null as here
    from directory_attachment a
    join {relation} r on r.school_id = a.school_id
    join accounts_user u on u.id = a.person_id
    where a.is_head and a.ended_on is null),
director as (
    select h.person_id, h.school_id from head h
    where h.here or not exists (select from head o where o.school_id = h.school_id and o.here))
update directory_administrator d set ended_on = greatest(%(today)s, d.since)
from {relation} r
where d.school_id = r.school_id and d.scope = 'SCHOOL' and d.source <> 'MANUAL' and d.ended_on is null
  and not exists (select from director x where x.school_id = d.school_id and x.person_id = d.person_id)
  and (exists (select from director x where x.school_id = d.school_id)
       or not exists (
         select from directory_attachment a
         where a.person_id = d.person_id and a.school_id = d.school_id and a.ended_on is null))
-- ;
with head as (
    select a.person_id, a.school_id, u.absent_since is null as here
    from directory_attachment a
    join {relation} r on r.school_id = a.school_id
    join accounts_user u on u.id = a.person_id
    where a.is_head and a.ended_on is null)
insert into directory_administrator (person_id, scope, school_id, source, since)
select h.person_id, 'SCHOOL', h.school_id, %(source)s, %(today)s
from head h
where (h.here or not exists (select from head o where o.school_id = h.school_id and o.here))
  and not exists (
    select from directory_administrator d
    where d.person_id = h.person_id and d.school_id = h.school_id and d.scope = 'SCHOOL'
      and d.source <> 'MANUAL' and d.ended_on is null)
