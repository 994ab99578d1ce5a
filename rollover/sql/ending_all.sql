-- Which things end for which groups: all of them.
-- reads: turn_grant, sharing_resource. writes: turn_ending (school_id, resource_id, group_id).
-- why:   what lies in the trash is seen by nobody already. Analysed, in the same exchange.
drop table if exists pg_temp.turn_ending;
create temporary table turn_ending on commit drop as
select distinct t.school_id, t.resource_id, t.group_id
from turn_grant t join sharing_resource r on r.id = t.resource_id and r.trashed_at is null;
analyze pg_temp.turn_ending
