-- People join and leave classes.
-- reads: {relation} (id, act, role, person_id, class_id). writes: directory_classattachment.
update directory_classattachment a set ended_on = greatest(%(today)s, a.since), ended_by = %(run)s
from {relation} r where a.id = r.id and r.act = 'end'
-- ;
update directory_classattachment a set source = %(source)s
from {relation} r where a.id = r.id and r.act = 'change'
-- ;
insert into directory_classattachment (id, person_id, school_class_id, role, source, since)
select r.id, r.person_id, r.class_id, r.role, %(source)s, %(today)s from {relation} r where r.act = 'open'
