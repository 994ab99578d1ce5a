-- Which things end for which groups: all those of the groups that are looked at again.
-- reads: turn_grant, turn_left, sharing_resource. writes: turn_ending (school_id, resource_id, group_id).
drop table if exists pg_temp.turn_ending;
create temporary table turn_ending on commit drop as
select distinct t.school_id, t.resource_id, t.group_id
from turn_grant t
join turn_left l on l.group_id = t.group_id
join sharing_resource r on r.id = t.resource_id and r.trashed_at is null;
analyze pg_temp.turn_ending
