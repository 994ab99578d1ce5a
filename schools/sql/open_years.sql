-- Moves schools' two years forward, never back: the running year opens, the class year is taken or turned.
-- reads: {relation} (school_id, running_year, class_year). writes: schools_school.
-- why:   the class year is never later than the running year, which it opens where nothing has.
update schools_school s set
    running_year = nullif(greatest(coalesce(s.running_year, 0), coalesce(r.running_year, 0), coalesce(r.class_year, 0)), 0),
    class_year = nullif(greatest(coalesce(s.class_year, 0), coalesce(r.class_year, 0)), 0)
from {relation} r
where s.id = r.school_id
  and (greatest(coalesce(r.running_year, 0), coalesce(r.class_year, 0)) > coalesce(s.running_year, 0)
       or coalesce(r.class_year, 0) > coalesce(s.class_year, 0))
