-- Who loses what.
-- reads: turn_loss. writes: nothing.
select resource_id, group_id, person_id from turn_loss order by 1, 2, 3
