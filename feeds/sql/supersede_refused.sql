-- A refused plan gives way to any newer run of the same source, academy and school.
-- reads, writes: feeds_feedrun.
update feeds_feedrun r set state = 'superseded'
from feeds_feedrun newer
where newer.id = %(run_id)s and r.id < newer.id and r.source = newer.source and r.state = 'refused'
  and r.academy_id = newer.academy_id and r.school_id is not distinct from newer.school_id
