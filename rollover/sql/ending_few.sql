-- Which things end for which groups: two of each group, its oldest and its newest.
-- reads: turn_grant, sharing_resource. writes: turn_ending (school_id, resource_id, group_id).
-- why:   one lost thing is enough to be counted, and whoever is in a group loses nearly always the first that one looks
--        at: the few who keep both are looked at again, with all things of their groups (`ending_left`).
drop table if exists pg_temp.turn_ending;
create temporary table turn_ending on commit drop as
select distinct b.school_id, r.id as resource_id, b.group_id
from (
  select school_id, group_id, array[min(resource_id), max(resource_id)] as things from turn_grant group by 1, 2
) b
join sharing_resource r on r.id = any(b.things) and r.trashed_at is null;
analyze pg_temp.turn_ending
