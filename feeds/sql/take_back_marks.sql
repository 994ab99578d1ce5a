-- Gives the marks of a run back to the runs before it.
-- reads, writes: feeds_schoolmark.
delete from feeds_schoolmark where run_id = %(run_id)s and previous_run_id is null
-- ;
update feeds_schoolmark set fed_on = previous_fed_on, run_id = previous_run_id,
    previous_fed_on = null, previous_run_id = null
where run_id = %(run_id)s
