-- Deletes schools on which nothing hangs.
-- reads: {relation} (school_id). writes: schools_school.
delete from schools_school s using {relation} r where s.id = r.school_id
