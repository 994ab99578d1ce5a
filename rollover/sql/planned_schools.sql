-- The schools of a plan, with how many class attachments end in each.
-- reads: turn_plan. writes: nothing.
select school_id, from_year, to_year, cardinality(class_attachments) as class_attachments_ended
from turn_plan order by school_id
