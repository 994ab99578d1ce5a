-- How many grants stay, by school and kind of grantee: to the people of the school, and to its groups.
-- reads: turn_plan, turn_grant, directory_attachment, directory_guardianship, directory_group, sharing_grant.
-- writes: nothing.
-- why:   of a group's, those that end are taken from how many there are: the index knows that without the rows. A
--        turn carried out has none of them left.
with belonging as (
  select a.school_id, a.person_id
  from directory_attachment a join turn_plan p on p.school_id = a.school_id where a.ended_on is null
  union
  select a.school_id, t.relative_id
  from directory_attachment a
  join turn_plan p on p.school_id = a.school_id
  join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
  where a.ended_on is null and a.profile = 'PUPIL'
), there as (
  select b.school_id, 'person' as grantee, count(*) as grants
  from belonging b join sharing_grant g on g.person_id = b.person_id group by 1
  union all
  select d.school_id, case when d.kind = 'MANUAL' then 'manual_group' else 'scolarity_group' end, count(*)
  from turn_plan p
  join directory_group d on d.school_id = p.school_id
  join sharing_grant g on g.group_id = d.id
  group by 1, 2
  union all
  select school_id, 'scolarity_group', -count(*) from turn_grant where stands group by 1
)
select school_id, grantee, sum(grants)::bigint as grants from there group by 1, 2
