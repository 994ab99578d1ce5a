-- Writes down each school's turnover, with the rows that it ended and its figures (by school, as JSON).
-- reads: turn_plan. writes: rollover_turnover.
-- why:   a command's schools bear its run; a feed's bear each their own, so that each is undone by itself.
insert into rollover_turnover (
    uuid, run, school_id, from_year, to_year, at, "on", feed_run, by, running_year_before, ended_class_attachments,
    lifted_detachments, lifted_blocks, set_aside, figures)
select turnover, coalesce(%(run)s::uuid, gen_random_uuid()), school_id, from_year, to_year, %(now)s, %(today)s,
       %(feed_run)s, %(by)s, running_year_before, class_attachments, detachments, blocks, '[]'::jsonb,
       %(figures)s::jsonb -> school_id::text
from turn_plan
