-- Of whom a notice asks to say that they have read it, child by child, and since when they have.
-- reads: directory_scolarity_membership, directory_guardianship, directory_classattachment,
--        directory_schoolclass, accounts_user, home_acknowledgement
-- why:   a school's families in one statement; groups are given by key: the planner does not push a join
--        into the view. A tie that the feed says is not legal asks nothing; a child of two classes is told
--        in the first.
-- params: notice, school, groups (those of relatives)
select m.person_id as relative, m.through_id as pupil, u.uuid as relative_uuid, p.uuid as pupil_uuid, k.id as class, coalesce(k.label, '') as label,
  a.at, u.activated_at is not null as activated
from directory_scolarity_membership m
join accounts_user u on u.id = m.person_id and u.pre_deleted_on is null and u.merged_into_id is null
join accounts_user p on p.id = m.through_id and p.pre_deleted_on is null
join directory_guardianship t
  on t.relative_id = m.person_id and t.pupil_id = m.through_id and t.ended_on is null
  and t.legal is distinct from false
left join lateral (
  select c.id, c.label
  from directory_classattachment b
  join directory_schoolclass c on c.id = b.school_class_id and c.school_id = %(school)s
  where b.person_id = m.through_id and b.role = 'PUPIL' and b.ended_on is null
  order by c.label, c.id
  limit 1
) k on true
left join home_acknowledgement a on a.notice_id = %(notice)s and a.person_id = m.person_id
where m.group_id = any(%(groups)s::bigint[])
group by m.person_id, m.through_id, u.uuid, p.uuid, k.id, k.label, a.at, u.activated_at, u.sort_name, p.sort_name
order by k.label nulls last, p.sort_name, m.through_id, u.sort_name, m.person_id
