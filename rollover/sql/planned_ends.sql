-- What the schools of a plan end beside shares: class attachments, by their keys, and how much is lifted.
-- reads: turn_plan. writes: nothing.
select school_id, class_attachments, cardinality(detachments) as detachments, cardinality(blocks) as blocks
from turn_plan order by school_id
