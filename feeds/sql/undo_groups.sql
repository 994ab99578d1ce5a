-- Groups of the classes that go with a run: nobody is in them any more.
-- reads: undo_added, directory_group, directory_classattachment. writes: nothing.
select g.id from directory_group g
join undo_added x on x.entity = 'class' and x.id = g.school_class_id
where not exists (select from directory_classattachment a where a.school_class_id = x.id)
