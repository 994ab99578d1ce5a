-- How many grants end, by school, kind of thing and kind of group.
-- reads: turn_grant. writes: nothing.
select school_id, resource_kind, group_kind, count(*) as grants
from turn_grant group by 1, 2, 3 order by 1, 2, 3
