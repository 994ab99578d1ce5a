-- Pairs of one school who may be one person, the first made first: (school_id, first, second).
-- reads: accounts_user, directory_people_of_schools, directory_distinctpeople
-- why:   few bear one's name or INE in a school: the rule (`duplicates.reasons`) is then asked of these alone.
-- params: schools
with here as materialized (
  select * from directory_people_of_schools(%(schools)s::bigint[])
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
