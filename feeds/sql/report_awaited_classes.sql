-- First classes that no pupil names yet, by school.
-- reads: the run's schema, schools_school. writes: nothing.
select s.name, a.label from awaited_class a join schools_school s on s.id = a.school_id order by 1
