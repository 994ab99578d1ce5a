-- Who loses what.
-- reads: turn_ending, turn_audience, turn_kept. writes: nothing.
select e.resource_id, e.group_id, a.person_id
from turn_ending e
join turn_audience a on a.group_id = e.group_id
where not exists (
  select from turn_kept k where k.resource_id = e.resource_id and k.person_id = a.person_id)
order by 1, 2, 3
