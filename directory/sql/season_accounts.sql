-- What schools have to look at among their accounts, by school:
-- (school_id, teachers_left, by_hand, not_activated, awaiting_ine).
-- reads: accounts_user, directory_people_of_schools
-- why:   a director's checklist, and a district's, in one statement however many the schools.
-- params: schools, kept_out (the keys of those whom a block keeps out now)
with here as materialized (
  select * from directory_people_of_schools(%(schools)s::bigint[])
)
select h.school_id,
  count(*) filter (where u.profile = 'TEACHER' and u.absent_since is not null) as teachers_left,
  count(*) filter (where u.source = 'MANUAL') as by_hand,
  count(*) filter (
    where u.activated_at is null and u.absent_since is null and not u.id = any(%(kept_out)s::bigint[])
  ) as not_activated,
  count(*) filter (where u.profile = 'PUPIL' and u.ine = '' and u.absent_since is null) as awaiting_ine
from here h
join accounts_user u on u.id = h.person_id and u.pre_deleted_on is null and u.merged_into_id is null
group by h.school_id
