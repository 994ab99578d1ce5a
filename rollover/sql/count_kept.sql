-- How many grants stay, by school and kind of grantee: to the people of the school, and to its groups.
-- reads: turn_plan, turn_grant, directory_attachment, directory_guardianship, directory_group, sharing_grant.
-- writes: nothing.
with belonging as (
  select a.school_id, a.person_id
  from directory_attachment a join turn_plan p on p.school_id = a.school_id where a.ended_on is null
  union
  select a.school_id, t.relative_id
  from directory_attachment a
  join turn_plan p on p.school_id = a.school_id
  join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
  where a.ended_on is null and a.profile = 'PUPIL'
), kept as (
  select b.school_id, 'person' as grantee from belonging b join sharing_grant g on g.person_id = b.person_id
  union all
  select d.school_id, case when d.kind = 'MANUAL' then 'manual_group' else 'scolarity_group' end
  from turn_plan p
  join directory_group d on d.school_id = p.school_id
  join sharing_grant g on g.group_id = d.id
  where not exists (select from turn_grant t where t.grant_id = g.id)
)
select school_id, grantee, count(*) as grants from kept group by 1, 2
