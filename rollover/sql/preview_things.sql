-- What ends, a row for each grant, with how many people lose the thing by it; what most people lose first.
-- reads: turn_grant, turn_loss, sharing_grant. writes: nothing.
select t.resource_id, t.group_id, g.role, g.year, coalesce(l.people, 0) as people
from turn_grant t
join sharing_grant g on g.id = t.grant_id
left join (
  select resource_id, group_id, count(*) as people from turn_loss group by 1, 2
) l on l.resource_id = t.resource_id and l.group_id = t.group_id
order by max(coalesce(l.people, 0)) over (partition by t.resource_id) desc, t.resource_id, people desc, t.grant_id
