-- Schools that pass to another year by this run.
-- reads: the run's schema, schools_school. writes: nothing.
select t.school_id, coalesce(r.name, s.name) as name, t.to_year as year
from turn_row t
left join schools_school s on s.id = t.school_id
left join school_row r on r.school_id = t.school_id
order by 2
