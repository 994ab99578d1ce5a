-- Puts a school's class year back to what it was before a turnover; where a feed had turned it, holds its
-- families' records.
-- reads: {relation} (school_id, from_year, holds). writes: schools_school.
update schools_school s
set class_year = r.from_year, held_at = case when r.holds then %(now)s else s.held_at end
from {relation} r where s.id = r.school_id
