-- Puts a school's class year back to what it was before a turnover, and holds its families' records.
-- reads: {relation} (school_id, from_year). writes: schools_school.
update schools_school s set class_year = r.from_year, held_at = %(now)s
from {relation} r where s.id = r.school_id
