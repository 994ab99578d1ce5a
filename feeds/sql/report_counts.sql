-- Schools, classes and ties by action, from the plan.
-- reads: the run's schema. writes: nothing.
select 'schools' as kind, case when is_new then 'created' when changed then 'changed' else 'unchanged' end as action,
       count(*) as number
from school_row group by 1, 2
union all
select 'classes', case when is_new then 'created' when changed then 'changed' else 'unchanged' end, count(*)
from plan_class group by 1, 2
union all
select 'ties', case act when 'open' then 'created' when 'change' then 'changed' else 'absent' end, count(*)
from plan_tie group by 1, 2
union all
select 'ties', 'unchanged',
       (select count(*) from (
          select distinct p.person_id, t.relative_key from stage_tie t join plan_person p on p.kind = 'P' and p.key = t.key) s)
       - (select count(*) from plan_tie where act in ('open', 'change'))
