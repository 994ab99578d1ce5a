-- Schools that this run makes, or opens a class in: only there may a group be lacking.
-- reads: the run's tables. writes: nothing.
select school_id from school_row where is_new
union
select school_id from plan_class where is_new
