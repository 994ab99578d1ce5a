-- How many people lose at least one thing, by school; how many groups are to be looked at again.
-- reads: turn_plan, turn_loser, turn_left. writes: nothing.
select p.school_id, coalesce(l.people, 0) as people, (select count(*) from turn_left) as groups_left
from turn_plan p
left join (select school_id, count(distinct person_id) as people from turn_loser group by 1) l using (school_id)
