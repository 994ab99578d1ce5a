-- Writes down each school's turnover, with the rows that it ended.
-- reads: turn_plan. writes: rollover_turnover.
insert into rollover_turnover (
    uuid, school_id, from_year, to_year, at, "on", feed_run, by, running_year_before, ended_class_attachments,
    lifted_detachments, lifted_blocks, set_aside)
select gen_random_uuid(), school_id, from_year, to_year, %(now)s, %(today)s, %(feed_run)s, %(by)s,
       running_year_before, class_attachments, detachments, blocks, '[]'::jsonb
from turn_plan
