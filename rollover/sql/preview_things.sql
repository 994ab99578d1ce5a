-- What ends, a row for each grant, with how many people lose the thing by it; what most people lose first.
-- reads: turn_grant, turn_ending, turn_audience, turn_kept, sharing_grant. writes: nothing.
select t.resource_id, t.group_id, g.role, g.year, coalesce(l.people, 0) as people
from turn_grant t
join sharing_grant g on g.id = t.grant_id
left join (
  select e.resource_id, e.group_id, m.people - coalesce(k.people, 0) as people
  from turn_ending e
  join (select group_id, count(*) as people from turn_audience group by 1) m on m.group_id = e.group_id
  left join (
    select n.resource_id, n.group_id, count(*) as people
    from turn_ending n
    join turn_kept k on k.resource_id = n.resource_id
    join turn_audience a on a.group_id = n.group_id and a.person_id = k.person_id
    group by 1, 2
  ) k on k.resource_id = e.resource_id and k.group_id = e.group_id
) l on l.resource_id = t.resource_id and l.group_id = t.group_id
order by max(coalesce(l.people, 0)) over (partition by t.resource_id) desc, t.resource_id, people desc, t.grant_id
