-- How many letters of a first sign-in go to those who are new since the year opened, by school: (school_id, letters).
-- reads: accounts_user, directory_attachment, directory_guardianship, directory_tierestriction
-- why:   the twin, for many schools, of `letters.letters_for`: one letter a person, none by a tie that is not legal
--        or that the direction ended or limited.
-- params: schools, since (an instant for each school, in the same order)
with asked as (
  select * from unnest(%(schools)s::bigint[], %(since)s::timestamptz[]) as a (school_id, since)
),
here as materialized (
  select a.school_id, a.person_id, a.profile
  from directory_attachment a
  join accounts_user u on u.id = a.person_id and u.pre_deleted_on is null and u.merged_into_id is null
  where a.school_id = any(%(schools)s) and a.ended_on is null
),
addressed as (
  select school_id, person_id from here
  union
  select h.school_id, t.relative_id
  from here h
  join directory_guardianship t on t.pupil_id = h.person_id and t.ended_on is null and t.legal is distinct from false
  where h.profile = 'PUPIL'
    and not exists (
      select from directory_tierestriction r
      where r.relative_id = t.relative_id and r.pupil_id = t.pupil_id and r.lifted_at is null)
)
select d.school_id, count(*) as letters
from addressed d
join asked a on a.school_id = d.school_id
join accounts_user u on u.id = d.person_id and u.pre_deleted_on is null and u.merged_into_id is null
where u.activated_at is null and u.created_at >= a.since
group by d.school_id
