-- Takes back classes that a run opened and nobody is in, and the labels that it changed.
-- reads: {added} (entity, id), {changed} (entity, id, before, after). writes: directory_favouriteentry,
--        directory_group, directory_schoolclass.
delete from directory_favouriteentry e using directory_group g, {added} x
where e.group_id = g.id and x.entity = 'class' and g.school_class_id = x.id
  and not exists (select from directory_classattachment a where a.school_class_id = x.id)
-- ;
delete from directory_group g using {added} x
where x.entity = 'class' and g.school_class_id = x.id
  and not exists (select from directory_classattachment a where a.school_class_id = x.id)
-- ;
delete from directory_schoolclass c using {added} x
where x.entity = 'class' and c.id = x.id
  and not exists (select from directory_classattachment a where a.school_class_id = x.id)
-- ;
update directory_schoolclass c set label = x.before ->> 'label', key = x.before ->> 'key'
from {changed} x
where x.entity = 'class' and c.id = x.id and to_jsonb(c) @> x.after
