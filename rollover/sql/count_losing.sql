-- How many people lose at least one thing, by school.
-- reads: turn_ending, turn_audience, turn_kept. writes: nothing.
-- why:   someone loses something by a group when they keep fewer of its things than end there.
select e.school_id, count(distinct a.person_id) as people
from (select school_id, group_id, count(*) as things from turn_ending group by 1, 2) e
join turn_audience a on a.group_id = e.group_id
left join (
  select t.group_id, k.person_id, count(*) as things
  from turn_ending t join turn_kept k on k.resource_id = t.resource_id group by 1, 2
) k on k.group_id = e.group_id and k.person_id = a.person_id
where coalesce(k.things, 0) < e.things
group by 1
