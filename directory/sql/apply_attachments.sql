-- People join, change in and leave schools.
-- reads: {relation} (id, act, person_id, school_id, profile, function_code, function_label, is_head, level),
--        schools_school. writes: directory_attachment.
update directory_attachment a set ended_on = greatest(%(today)s, a.since), ended_by = %(run)s
from {relation} r where a.id = r.id and r.act = 'end'
-- ;
update directory_attachment a set
    profile = r.profile, function_code = r.function_code, function_label = r.function_label,
    is_head = r.is_head, level = r.level, source = %(source)s
from {relation} r where a.id = r.id and r.act = 'change'
-- ;
insert into directory_attachment (
    id, person_id, school_id, profile, function_code, function_label, is_head, level, source, since, running_year)
select r.id, r.person_id, r.school_id, r.profile, r.function_code, r.function_label, r.is_head, r.level,
       %(source)s, %(today)s, s.running_year
from {relation} r join schools_school s on s.id = r.school_id
where r.act = 'open'
