-- Pairs of one school who may be one person, the first made first: (school_id, first, second).
-- reads: accounts_user, directory_attachment, directory_guardianship, directory_detachment, directory_distinctpeople
-- why:   few bear one's name or INE in a school: the rule (`duplicates.reasons`) is then asked of these alone. The
--        people of a school are those of `season_accounts.sql`.
-- params: schools
with here as materialized (
  select a.school_id, a.person_id
  from directory_attachment a
  where a.school_id = any(%(schools)s) and a.ended_on is null
  union
  select a.school_id, t.relative_id
  from directory_attachment a
  join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
  where a.school_id = any(%(schools)s) and a.ended_on is null
  union
  select a.school_id, a.person_id
  from directory_attachment a
  where a.school_id = any(%(schools)s) and a.ended_on is not null
    and not exists (select from directory_attachment n where n.person_id = a.person_id and n.ended_on is null)
    and not exists (
      select from directory_attachment l
      join directory_detachment d on d.person_id = l.person_id and d.school_id = l.school_id and d.by = l.ended_by
      where l.person_id = a.person_id and l.school_id = a.school_id and l.id >= a.id)
),
known as materialized (
  select h.school_id, u.id, u.profile, u.sort_name, u.ine
  from here h
  join accounts_user u on u.id = h.person_id and u.pre_deleted_on is null and u.merged_into_id is null
),
alike as (
  select a.school_id, a.id as first, b.id as second
  from known a
  join known b on b.school_id = a.school_id and b.sort_name = a.sort_name and b.profile = a.profile and b.id > a.id
  union
  select a.school_id, a.id, b.id
  from known a
  join known b on b.school_id = a.school_id and b.ine = a.ine and b.profile = a.profile and b.id > a.id
  where a.ine <> ''
)
select p.school_id, p.first, p.second
from alike p
where not exists (
  select from directory_distinctpeople d where d.first_id = p.first and d.second_id = p.second)
