-- People by kind and action, in the set and beside it; those whom a file of last year leaves alone.
-- reads: the run's schema. writes: nothing.
select kind, action, count(*) as number from outcome group by 1, 2
union all
select kind, action, count(*) from outcome_elsewhere group by 1, 2
union all
select kind, 'unchanged', count(*) from left_alone where not is_new group by 1, 2
