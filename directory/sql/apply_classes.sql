-- Opens the classes that a relation tells, and gives known ones their key and present label.
-- reads: {relation} (class_id, is_new, changed, school_id, year, key, label). writes: directory_schoolclass.
-- why:   a class relabelled within the year stays itself, with its groups and shares.
insert into directory_schoolclass (id, school_id, year, key, label, source)
select class_id, school_id, year, key, label, %(source)s from {relation} where is_new
-- ;
update directory_schoolclass c set label = r.label, key = coalesce(r.key, c.key)
from {relation} r where c.id = r.class_id and not r.is_new and r.changed
