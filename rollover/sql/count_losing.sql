-- How many people lose at least one thing, by school.
-- reads: turn_loss. writes: nothing.
select school_id, count(distinct person_id) as people from turn_loss group by 1
