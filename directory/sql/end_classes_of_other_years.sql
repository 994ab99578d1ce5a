-- Ends what is open in classes of another year than the school's, where a run had moved its class year.
-- reads: {changed} (entity, id), schools_school, directory_schoolclass. writes: directory_classattachment.
-- why:   the school has its former year again: what was made by hand since, in the classes that the run had
--        opened, has no class any more.
update directory_classattachment a set ended_on = greatest(%(today)s, a.since), ended_by = %(run)s
from {changed} x
join schools_school s on s.id = x.id
join directory_schoolclass k on k.school_id = s.id and k.year is distinct from s.class_year
where x.entity = 'years' and a.school_class_id = k.id and a.ended_on is null
