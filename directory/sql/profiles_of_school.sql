-- A school's people by profile: how many, how many administer something, have another school that lets them
-- in, are blocked one by one: (profile, people, administrators, elsewhere, alone).
-- reads: accounts_user, directory_attachment, directory_guardianship, directory_tierestriction,
--        directory_administrator, directory_block
-- why:   the page of blocks tells whom a block of a profile would cover, as `gate.sql` covers them.
-- params: school, now
with here as materialized (
  select a.person_id, a.profile
  from directory_attachment a
  join accounts_user u on u.id = a.person_id and u.pre_deleted_on is null
  where a.school_id = %(school)s and a.ended_on is null
  union
  select t.relative_id, 'RELATIVE'
  from directory_attachment a
  join accounts_user p on p.id = a.person_id and p.pre_deleted_on is null
  join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
  join accounts_user u on u.id = t.relative_id and u.pre_deleted_on is null
  where a.school_id = %(school)s and a.ended_on is null and a.profile = 'PUPIL'
    and not exists (
      select from directory_tierestriction r
      where r.relative_id = t.relative_id and r.pupil_id = t.pupil_id and r.lifted_at is null
        and r."limit" = 'ENDED')
),
others as materialized (
  select a.person_id, a.school_id, a.profile
  from directory_attachment a
  where a.person_id in (select person_id from here) and a.ended_on is null and a.school_id <> %(school)s
  union
  select t.relative_id, a.school_id, 'RELATIVE'
  from directory_guardianship t
  join accounts_user p on p.id = t.pupil_id and p.pre_deleted_on is null
  join directory_attachment a on a.person_id = t.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
  where t.relative_id in (select person_id from here) and t.ended_on is null and a.school_id <> %(school)s
    and not exists (
      select from directory_tierestriction r
      where r.relative_id = t.relative_id and r.pupil_id = t.pupil_id and r.lifted_at is null
        and r."limit" = 'ENDED')
),
open_elsewhere as (
  select distinct o.person_id from others o
  where not exists (
    select from directory_block b
    where b.school_id = o.school_id and b.profile = o.profile and b.lifted_at is null
      and b.starts_at <= %(now)s and (b.ends_at is null or b.ends_at > %(now)s))
)
select h.profile, count(*) as people,
  count(*) filter (where d.person_id is not null) as administrators,
  count(*) filter (where d.person_id is null and e.person_id is not null) as elsewhere,
  count(*) filter (where b.person_id is not null) as alone
from here h
left join (select distinct person_id from directory_administrator where ended_on is null) d
  on d.person_id = h.person_id
left join open_elsewhere e on e.person_id = h.person_id
left join (
  select distinct person_id from directory_block
  where person_id is not null and lifted_at is null
    and starts_at <= %(now)s and (ends_at is null or ends_at > %(now)s)) b
  on b.person_id = h.person_id
group by h.profile
