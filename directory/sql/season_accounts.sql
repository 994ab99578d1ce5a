-- What schools have to look at among their accounts, by school:
-- (school_id, teachers_left, by_hand, not_activated, awaiting_ine).
-- reads: accounts_user, directory_attachment, directory_guardianship, directory_detachment
-- why:   a director's checklist, and a district's, in one statement however many the schools. The people of a
--        school are those whom the console lists there: the twin of `querysets.scope.of_schools_by_keys`.
-- params: schools, kept_out (the keys of those whom a block keeps out now)
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
